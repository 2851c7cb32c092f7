#pragma once

#include <optional>
#include <string>

#include "hub/core/ports/store.h"
#include "hub/core/trust.h"
#include "shared/wire/identity.h"

namespace zige::hub {

/// The one place where a person begins and is found again: by the keyed hash of the identity document, or, for
/// somebody of whom no document was ever given, by the code that he came with.

struct FoundPerson {
    PersonId id;
    std::string name;
    bool has_identity = false;
};
Result<std::optional<FoundPerson>> find_by_identity(Tx& tx, const Trust& trust, const wire::Identity& identity);
/// Who carries this code, anywhere in the region, or else whose former code it is (P8); nothing for nobody,
/// person_ambiguous for several.
Result<std::optional<FoundPerson>> find_by_code(Tx& tx, const std::string& code);
Result<FoundPerson> load_person(Tx& tx, PersonId id);  ///< person_not_found

/// What a filing carries, by whichever sealing key of the hub it was sealed to. filing_bad_identity.
Result<wire::Identity> open_filed_identity(const Trust& trust, ByteView sealed);

/// P9: the number is kept sealed, with the keyed hash to find it again.
Result<PersonId> add_person(Tx& tx, const Trust& trust, const wire::Identity& identity, const std::string& name);
Result<PersonId> add_person_without_identity(Tx& tx, const Trust& trust, const std::string& code,
                                             const std::string& name);
/// Gives somebody another identity document, or a first one. The caller knows that it is nobody else's.
Result<void> identify_person(Tx& tx, const Trust& trust, PersonId id, const wire::Identity& identity);

}  // namespace zige::hub
