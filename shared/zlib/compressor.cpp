#include "shared/zlib/compressor.h"

#include <zlib.h>

#include <algorithm>
#include <climits>
#include <utility>

namespace zige {

namespace {

constexpr int kRawWindow = -15;  // negative: raw deflate, no header and no checksum; the envelope is signed
constexpr int kMemoryLevel = 9;
constexpr std::size_t kMaxDictionaryBytes = 32U << 10;
constexpr std::size_t kFirstBuffer = 4U << 10;

Bytef* writable(ByteView bytes) {
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));  // zlib only reads it
}

/// A zlib stream that is ended when it goes.
class Stream {
public:
    explicit Stream(int (*end)(z_streamp)) : end_(end) {}
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { end_(&state); }
    z_stream state{};

private:
    int (*end_)(z_streamp);
};

class ZlibCompressor : public Compressor {
public:
    explicit ZlibCompressor(std::map<std::uint8_t, Bytes> dictionaries) : dictionaries_(std::move(dictionaries)) {
        for (const auto& [id, content] : dictionaries_)
            expect(id != 0 && content.size() <= kMaxDictionaryBytes, "a dictionary has id 0 or over 32 kB");
        dictionaries_[0] = {};
    }

    Bytes deflate(ByteView plain, std::uint8_t dictionary) const override {
        const auto found = dictionaries_.find(dictionary);
        expect(found != dictionaries_.end(), "deflate with an unknown dictionary");
        expect(plain.size() < UINT_MAX, "deflate of over 4 GB");
        Stream stream(deflateEnd);
        expect(deflateInit2(&stream.state, Z_BEST_COMPRESSION, Z_DEFLATED, kRawWindow, kMemoryLevel,
                            Z_DEFAULT_STRATEGY) == Z_OK,
               "memory for deflate");
        set_dictionary(deflateSetDictionary, stream.state, found->second);
        Bytes packed(deflateBound(&stream.state, plain.size()));
        stream.state.next_in = writable(plain);
        stream.state.avail_in = static_cast<uInt>(plain.size());
        stream.state.next_out = reinterpret_cast<Bytef*>(packed.data());
        stream.state.avail_out = static_cast<uInt>(packed.size());
        expect(::deflate(&stream.state, Z_FINISH) == Z_STREAM_END, "deflate needs more than its own bound");
        packed.resize(stream.state.total_out);
        return packed;
    }

    Result<Bytes> inflate(ByteView packed, std::uint8_t dictionary, std::size_t limit) const override {
        const auto found = dictionaries_.find(dictionary);
        if (found == dictionaries_.end())
            return fail(ErrorId::wire_unknown_dictionary, "", "dictionary " + std::to_string(dictionary));
        if (packed.size() >= UINT_MAX) return fail(ErrorId::wire_too_large, "", "over 4 GB");
        Stream stream(inflateEnd);
        expect(inflateInit2(&stream.state, kRawWindow) == Z_OK, "memory for inflate");
        set_dictionary(inflateSetDictionary, stream.state, found->second);
        stream.state.next_in = writable(packed);
        stream.state.avail_in = static_cast<uInt>(packed.size());
        return inflate_all(stream.state, limit);
    }

private:
    template <class Set>
    static void set_dictionary(Set set, z_stream& stream, const Bytes& content) {
        if (content.empty()) return;
        expect(set(&stream, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())) == Z_OK,
               "setting a dictionary");
    }

    /// One byte more than `limit` may come out of zlib: that is how we know that more would have come.
    static Result<Bytes> inflate_all(z_stream& stream, std::size_t limit) {
        Bytes plain(std::min(limit + 1, kFirstBuffer));
        while (true) {
            stream.next_out = reinterpret_cast<Bytef*>(plain.data()) + stream.total_out;
            stream.avail_out = static_cast<uInt>(plain.size() - stream.total_out);
            const int state = ::inflate(&stream, Z_NO_FLUSH);
            if (stream.total_out > limit)
                return fail(ErrorId::wire_too_large, "", "inflates to over " + std::to_string(limit) + " bytes");
            if (state == Z_STREAM_END) break;
            if (state != Z_OK || stream.avail_out != 0) return damaged(stream, state);
            plain.resize(std::min(limit + 1, plain.size() * 2));
        }
        if (stream.avail_in != 0)
            return fail(ErrorId::wire_bad_compression, "",
                        std::to_string(stream.avail_in) + " bytes follow the compressed data");
        plain.resize(stream.total_out);
        return plain;
    }

    static Error damaged(const z_stream& stream, int state) {
        const bool ended = state == Z_OK || state == Z_BUF_ERROR;
        const std::string why = ended ? "ends early" : stream.msg != nullptr ? stream.msg : "damaged";
        return fail(ErrorId::wire_bad_compression, "", why + " at byte " + std::to_string(stream.total_in));
    }

    std::map<std::uint8_t, Bytes> dictionaries_;
};

}  // namespace

std::unique_ptr<Compressor> make_compressor(std::map<std::uint8_t, Bytes> dictionaries) {
    return std::make_unique<ZlibCompressor>(std::move(dictionaries));
}

}  // namespace zige
