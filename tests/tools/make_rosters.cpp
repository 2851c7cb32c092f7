// make_rosters --out FOLDER [--seed N]: writes invented rosters and answers.json, the key that tests compare with.
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string_view>

#include "tests/tools/roster_maker.h"

namespace {

struct Arguments {
    std::filesystem::path out;
    std::uint64_t seed = 1;
};

std::optional<Arguments> read_arguments(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        const std::string_view value = argv[i + 1];
        if (option == "--out") arguments.out = value;
        else if (option != "--seed" ||
                 std::from_chars(value.data(), value.data() + value.size(), arguments.seed).ec != std::errc())
            return std::nullopt;
    }
    const bool pairs = argc % 2 == 1;
    return pairs && !arguments.out.empty() ? std::optional(arguments) : std::nullopt;
}

bool write_file(const std::filesystem::path& path, std::string_view content) {
    std::ofstream out(path, std::ios::binary);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.close();
    if (!out) std::cerr << "cannot write " << path << "\n";
    return !out.fail();
}

}  // namespace

int main(int argc, char** argv) {
    const auto arguments = read_arguments(argc, argv);
    if (!arguments) {
        std::cerr << "usage: make_rosters --out FOLDER [--seed N]\n";
        return 2;
    }
    std::error_code failed;
    std::filesystem::create_directories(arguments->out, failed);
    const auto institutions = zige::testing::make_rosters(arguments->seed);
    for (const auto& institution : institutions)
        for (const auto& file : institution.files)
            if (!write_file(arguments->out / file.name, zige::as_text(file.content))) return 1;
    return write_file(arguments->out / "answers.json", answers_json(arguments->seed, institutions)) ? 0 : 1;
}
