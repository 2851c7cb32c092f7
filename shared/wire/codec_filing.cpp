#include "shared/wire/codec_filing.h"

namespace zige::wire {
namespace {

template <class Body>
void write_body(Writer& out, const Body& body) {
    out.array(1 + kFields<Body>);
    write_code(out, Body::kKind);
    write_fields(out, body);
}

/// The alternative of this kind, from the first one on.
template <std::size_t kAt = 0>
void read_body(Reader& in, FilingKind kind, std::size_t fields, FilingBody& body) {
    if constexpr (kAt < std::variant_size_v<FilingBody>) {
        using Body = std::variant_alternative_t<kAt, FilingBody>;
        if (Body::kKind != kind) return read_body<kAt + 1>(in, kind, fields, body);
        if (fields != 1 + kFields<Body>) in.fail(ErrorId::wire_bad_type, "filing.body", "another number of fields");
        read_fields(in, body.template emplace<Body>());
    } else {
        in.fail(ErrorId::wire_bad_value, "filing.kind", "no layout for this kind");
    }
}

Filing read_filing(Reader& in) {
    in.array("filing", 4, 4);
    Filing filing;
    filing.uuid = read_uuid(in, "filing.uuid");
    filing.times = read_times(in);
    filing.clerk = read_text(in, "filing.clerk");
    const std::size_t fields = in.array("filing.body", 1 + kFields<RegistrationFiling>, 1 + kFields<UndoFiling>);
    const auto kind = read_code<FilingKind>(in, "filing.kind");
    if (in.ok()) read_body(in, kind, fields, filing.body);
    return filing;
}

}  // namespace

Bytes encode(const Filing& filing) {
    Writer out;
    out.array(4).bytes(filing.uuid);
    write(out, filing.times);
    out.text(filing.clerk);
    std::visit([&](const auto& body) { write_body(out, body); }, filing.body);
    return out.take();
}

Result<Filing> decode_filing(ByteView bytes) { return decode_whole(bytes, kMaxFilingBytes, "filing", read_filing); }

}  // namespace zige::wire
