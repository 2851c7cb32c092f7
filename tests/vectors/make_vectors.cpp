#include <fstream>
#include <iostream>

#include "shared/wire/dictionary.h"
#include "tests/vectors/fields.h"
#include "tests/vectors/vector.h"

namespace {

using zige::vectors::Vector;

/// Whether a receiver says of it what its maker expects.
bool is_as_meant(const Vector& vector) {
    const auto result = zige::vectors::receive(vector);
    const bool right = vector.error ? !result.ok() && result.error().id == *vector.error : result.ok();
    if (!right) std::cerr << vector.name << ": " << (result.ok() ? "accepted" : result.error().describe()) << '\n';
    return right;
}

void write_dictionary(const std::string& folder, std::uint8_t id) {
    const auto content = zige::as_text(zige::wire::dictionary(id));
    std::ofstream out(folder + "/" + std::to_string(id) + ".bin", std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
}

int write_rows(const std::string& folder, const std::string& kind) {
    const bool sealed = kind == "sealed";
    const auto rows = sealed ? zige::vectors::make_sealed() : zige::vectors::make_phone_codes();
    bool right = true;
    for (const auto& row : rows) {
        const std::string found =
            sealed ? zige::vectors::found_in_sealed(row) : zige::vectors::found_in_phone_code(row);
        const auto meant = row.find(row.contains("error") ? "error" : sealed ? "plain" : "found");
        if (found != meant->second) std::cerr << row.at("name") << ": " << found << '\n';
        right = right && found == meant->second;
    }
    if (!right) return 1;
    zige::vectors::write_fields(folder + "/vectors/" + kind + ".json", rows);
    std::cout << rows.size() << " vectors\n";
    return 0;
}

}  // namespace

/// make_vectors PROTOCOL: writes PROTOCOL/vectors and PROTOCOL/dictionary anew; with `sealed` or `phone_codes` behind
/// it only vectors/sealed.json or phone_codes.json. For changes of the protocol, which go into PROTOCOL/CHANGES.md. SM2
/// signatures and all that is sealed come out different each time.
int main(int argc, char** argv) {
    const std::string kind = argc == 3 ? argv[2] : "";
    if (argc != 2 && kind != "sealed" && kind != "phone_codes") {
        std::cerr << "usage: make_vectors PROTOCOL_FOLDER [sealed|phone_codes]\n";
        return 2;
    }
    const std::string folder = argv[1];
    if (!kind.empty()) return write_rows(folder, kind);
    auto vectors = zige::vectors::make_good();
    for (auto& each : zige::vectors::make_bad()) vectors.push_back(std::move(each));
    bool right = true;
    for (const Vector& each : vectors) right = is_as_meant(each) && right;
    if (!right) return 1;
    zige::vectors::write_index(folder + "/vectors", vectors);
    write_dictionary(folder + "/dictionary", zige::wire::kNewestDictionary);
    std::cout << vectors.size() << " vectors\n";
    return 0;
}
