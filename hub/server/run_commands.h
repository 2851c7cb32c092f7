#pragma once

#include "hub/server/command_line.h"
#include "hub/server/connection.h"
#include "hub/server/run.h"
#include "shared/base/bytes.h"

namespace zige::hub {

/// Commands that are more than one call of the service.
Result<Exit> run_init(const Invocation& line, const Surroundings& with);
Result<Exit> run_backup(const Invocation& line, const Surroundings& with);
Result<Exit> run_serve(const Invocation& line, const Surroundings& with);
Result<Exit> run_trust_init(const Invocation& line, const Surroundings& with);
Result<Exit> run_trust_rotate(const Invocation& line, const Surroundings& with);  ///< and trust revoke
Result<Exit> run_trust_sign(const Invocation& line, const Surroundings& with);
Result<Exit> run_trust_show(const Invocation& line, const Surroundings& with);
Result<Exit> run_token_new(const Invocation& line, const Surroundings& with);
Result<Exit> run_token_batch(const Invocation& line, const Surroundings& with);
Result<Exit> run_paper_make(const Invocation& line, const Surroundings& with);
Result<Exit> run_paper_print(const Invocation& line, const Surroundings& with);
Result<Exit> run_paper_fields(const Invocation& line, const Surroundings& with);
Result<Exit> run_paper_template(const Invocation& line, const Surroundings& with);
Result<Exit> run_paper_check(const Invocation& line, const Surroundings& with);
Result<Exit> run_agent_enroll(const Invocation& line, const Surroundings& with);
Result<Exit> run_profile_check(const Invocation& line, const Surroundings& with);  ///< without a hub
Result<Exit> run_profile_diff(const Invocation& line, const Surroundings& with);
Result<Exit> run_profile_undecided(const Invocation& line, const Surroundings& with);

/// The call of the service that a line stands for, with the files that it names. Options that are for this program
/// alone stay out of it.
Result<ServiceCall> call_of(const Invocation& line, const Surroundings& with);
/// For connect(): percent on standard error.
Progress progress_of(const Invocation& line, const Surroundings& with);
/// file_io: what was printed so far did not arrive.
Result<void> check_written(const Surroundings& with);

std::string data_folder(const Invocation& line);
/// --operator, else who called sudo, else the login name; empty when that is only the service's user.
std::string operator_name(const Invocation& line);

/// A whole file, or all of `in` when `path` is "-". file_not_found, file_too_large, file_io.
Result<Bytes> read_input(const std::string& path, std::istream& in, std::size_t limit);

}  // namespace zige::hub
