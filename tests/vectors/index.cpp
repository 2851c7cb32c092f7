#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/vectors/vector.h"

namespace zige::vectors {
namespace {

using Poco::JSON::Object;

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::filesystem::path& path, const std::string& content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    if (!(out << content << std::flush)) throw std::runtime_error("cannot write " + path.string());
}

Bytes bytes_of(const std::string& hex) {
    std::string digits;
    for (const char c : hex)
        if (c != '\n') digits += c;
    auto bytes = from_hex(digits);
    if (!bytes) throw std::runtime_error("not hexadecimal: " + hex.substr(0, 20));
    return std::move(*bytes);
}

/// Hexadecimal in lines of 64 bytes.
std::string lines_of(const Bytes& bytes) {
    const std::string hex = to_hex(bytes);
    std::string text;
    for (std::size_t at = 0; at < hex.size(); at += 128) text += hex.substr(at, 128) + "\n";
    return text;
}

Object::Ptr object_of(const Vector& v) {
    Object::Ptr o = new Object(Poco::JSON_PRESERVE_KEY_ORDER);
    o->set("file", v.name + ".hex");
    o->set("why", v.why);
    o->set("message", v.message);
    if (v.envelope) {
        o->set("suite", std::string(to_string(v.suite)));
        o->set("public_key", to_hex(v.public_key));
    }
    if (!v.institution.empty()) o->set("institution", v.institution);
    if (v.have) o->set("have", to_hex(*v.have));
    if (v.current) o->set("current", to_hex(*v.current));
    if (v.key_from) o->set("key_from", *v.key_from);
    if (v.error) o->set("error", std::string(to_string(*v.error)));
    else o->set("payload", v.payload);
    return o;
}

std::optional<Bytes> optional_bytes(const Object& o, const char* key) {
    if (!o.has(key)) return std::nullopt;
    return bytes_of(o.getValue<std::string>(key));
}

Vector vector_of(const Object& o, const std::filesystem::path& folder) {
    const auto file = o.getValue<std::string>("file");
    Vector v;
    v.name = file.substr(0, file.size() - 4);
    v.why = o.getValue<std::string>("why");
    v.message = o.getValue<std::string>("message");
    v.bytes = bytes_of(read_file(folder / file));
    v.envelope = o.has("suite");
    if (v.envelope) {
        v.suite = from_name<Suite>(o.getValue<std::string>("suite")).value();
        v.public_key = bytes_of(o.getValue<std::string>("public_key"));
    }
    v.institution = o.optValue<std::string>("institution", "");
    v.have = optional_bytes(o, "have");
    v.current = optional_bytes(o, "current");
    if (o.has("key_from")) v.key_from = o.getValue<std::int64_t>("key_from");
    if (o.has("error")) v.error = from_name<ErrorId>(o.getValue<std::string>("error")).value();
    v.payload = o.optValue<std::string>("payload", "");
    return v;
}

}  // namespace

std::vector<Vector> read_index(const std::string& folder) {
    const std::filesystem::path root(folder);
    const auto rows = Poco::JSON::Parser().parse(read_file(root / "index.json")).extract<Poco::JSON::Array::Ptr>();
    std::vector<Vector> vectors;
    for (unsigned i = 0; i < rows->size(); ++i) vectors.push_back(vector_of(*rows->getObject(i), root));
    return vectors;
}

void write_index(const std::string& folder, const std::vector<Vector>& vectors) {
    const std::filesystem::path root(folder);
    Poco::JSON::Array rows;
    for (const Vector& v : vectors) {
        rows.add(object_of(v));
        write_file(root / (v.name + ".hex"), lines_of(v.bytes));
    }
    std::ostringstream text;
    rows.stringify(text, 1);
    write_file(root / "index.json", text.str() + "\n");
}

}  // namespace zige::vectors
