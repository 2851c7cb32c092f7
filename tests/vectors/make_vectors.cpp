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

int write_rows(const std::string& folder, const zige::vectors::FieldsFile& file) {
    const auto rows = file.make();
    bool right = true;
    for (const auto& row : rows) {
        const std::string found = file.found(row);
        if (found != zige::vectors::meant(row)) std::cerr << row.at("name") << ": " << found << '\n';
        right = right && found == zige::vectors::meant(row);
    }
    if (!right) return 1;
    zige::vectors::write_fields(folder + "/vectors/" + file.name + ".json", rows);
    std::cout << rows.size() << " vectors\n";
    return 0;
}

}  // namespace

/// make_vectors PROTOCOL: writes PROTOCOL/vectors and PROTOCOL/dictionary anew; with `sealed`, `phone_codes` or `sm2`
/// behind it only that file of PROTOCOL/vectors. For changes of the protocol, which go into PROTOCOL/CHANGES.md. SM2
/// signatures and all that is sealed come out different each time.
int main(int argc, char** argv) {
    const std::string kind = argc == 3 ? argv[2] : "";
    const std::string folder = argc > 1 ? argv[1] : "";
    for (const auto& file : zige::vectors::kFieldsFiles)
        if (kind == file.name) return write_rows(folder, file);
    if (argc != 2) {
        std::cerr << "usage: make_vectors PROTOCOL_FOLDER [sealed|phone_codes|sm2]\n";
        return 2;
    }
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
