#include "tests/vectors/fields.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace zige::vectors {

std::vector<Fields> read_fields(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto array = Poco::JSON::Parser().parse(text).extract<Poco::JSON::Array::Ptr>();
    std::vector<Fields> rows;
    for (unsigned i = 0; i < array->size(); ++i) {
        const auto object = array->getObject(i);
        Fields row;
        for (const std::string& name : object->getNames()) row[name] = object->getValue<std::string>(name);
        rows.push_back(std::move(row));
    }
    return rows;
}

void write_fields(const std::string& file, const std::vector<Fields>& rows) {
    Poco::JSON::Array array;
    for (const Fields& row : rows) {
        Poco::JSON::Object::Ptr object = new Poco::JSON::Object;
        for (const auto& [name, value] : row) object->set(name, value);
        array.add(object);
    }
    std::ostringstream text;
    array.stringify(text, 1);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    if (!(out << text.str() << '\n' << std::flush)) throw std::runtime_error("cannot write " + file);
}

const std::string& meant(const Fields& row) {
    for (const char* field : {"error", "plain", "payload", "found"})
        if (const auto at = row.find(field); at != row.end()) return at->second;
    throw std::runtime_error(row.at("name") + " says nothing");
}

Bytes bytes_of(const Fields& row, const char* field) {
    auto bytes = from_hex(row.at(field));
    if (!bytes) throw std::runtime_error(row.at("name") + ": " + field + " is not hexadecimal");
    return std::move(*bytes);
}

}  // namespace zige::vectors
