#pragma once

#include <memory>
#include <string>

#include "shared/openssl/sealing.h"
#include "shared/wire/identity.h"
#include "tests/unit/hub/test_agent.h"

namespace zige::hub::testing {

inline const std::string kZhang = "D411500000001";
inline const std::string kLi = "N411500000002";
inline const std::string kZhangNumber = "11010519491231002X";

/// A hospital with a doctor (1), a nurse (2) and a pharmacist (3), another one where the doctor (1) works too, and the
/// first one's agent.
struct FilingScene : HubFixture {
    FilingScene();

    /// What became of one filing, by a sync.
    wire::FilingResult answer(wire::FilingBody body);
    /// The same, accepted or the test fails.
    wire::FilingResult accepted(wire::FilingBody body);
    ErrorId refused(wire::FilingBody body);
    wire::Uuid last_uuid() const { return uuid(number); }

    Registration at_site(const std::string& who, const std::string& institution);
    std::size_t events(HubEvent wanted);
    Bytes sealed(const std::string& number, const std::string& type = "01");
    wire::RegistrationFiling newcomer();

    std::unique_ptr<TestAgent> agent;
    std::uint8_t number = 0;
};

}  // namespace zige::hub::testing
