#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hub/core/hub.h"
#include "shared/ports/clock.h"
#include "shared/ports/text_decoder.h"

namespace zige::hub {

/// Where the parts of a hub lie. hub.json in the data folder keeps what `init` was told, so that later only the data
/// folder has to be named.
struct HubPaths {
    std::filesystem::path data;
    std::filesystem::path keys;
    std::filesystem::path root_key;
    std::filesystem::path witness;
    Suite suite = Suite::ed25519_sha256;

    std::filesystem::path config() const { return data / "hub.json"; }
    std::filesystem::path database() const { return data / "hub.db"; }
    std::filesystem::path lock() const { return data / "lock"; }
    std::filesystem::path socket() const { return data / "hub.sock"; }
};

/// hub_not_initialised: the folder or hub.json is not there; config_unreadable: it is not what `init` wrote.
Result<HubPaths> read_hub_paths(const std::filesystem::path& data);

struct NewHub {
    HubPaths paths;
    InitOptions options;
    Profile profile;
    Calendar calendar;
    std::vector<UndecidedValue> undecided;
    std::string profile_text;
};
/// Makes folders, keys, database and hub.json. Returns the trust fingerprint.
/// hub_already_initialised; file_*; what the core says.
Result<std::string> initialise(const NewHub& hub);

struct HubParts;

/// A hub whose data folder this process owns, with all adapters behind it.
class OwnedHub {
public:
    /// hub_busy: another process owns it; hub_database_lost, hub_keys_damaged; what the core and the adapters say.
    static Result<std::unique_ptr<OwnedHub>> open(const HubPaths& paths);
    ~OwnedHub();

    Hub& hub();
    const Clock& clock() const;
    const TextDecoder& gb18030() const;
    const PaperPress& press() const;

private:
    explicit OwnedHub(std::unique_ptr<HubParts> parts);
    std::unique_ptr<HubParts> parts_;
};

}  // namespace zige::hub
