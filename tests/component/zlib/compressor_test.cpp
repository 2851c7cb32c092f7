#include "shared/zlib/compressor.h"

#include <thread>

#include "tests/support/testing.h"

using namespace zige;

namespace {

const Bytes kDictionary = to_bytes("豫医保〔2025〕1号 第二十一条 暂停医保支付资格 信医保");

std::unique_ptr<Compressor> compressor() { return make_compressor({{1, kDictionary}}); }

Bytes sample(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>((i * i) >> 7);
    return bytes;
}

}  // namespace

struct SizeRow {
    const char* name;
    std::size_t size;
    std::uint8_t dictionary;
};
const SizeRow kSizes[] = {{"nothing", 0, 0},
                          {"one_byte", 1, 0},
                          {"a_page", 4096, 0},
                          {"over_a_page", 4097, 1},
                          {"three_million", 3'000'000, 1}};
TEST_EACH(Compressor, gives_back_what_went_in, kSizes) {
    const Bytes plain = sample(row.size);
    const Bytes packed = compressor()->deflate(plain, row.dictionary);
    CPPUNIT_ASSERT(plain == compressor()->inflate(packed, row.dictionary, plain.size()).value());
}
TEST_EACH(Compressor, stops_one_byte_over_the_limit, kSizes) {
    if (row.size == 0) return;
    const Bytes packed = compressor()->deflate(sample(row.size), row.dictionary);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large,
                         compressor()->inflate(packed, row.dictionary, row.size - 1).error().id);
}
TEST(Compressor, does_not_inflate_a_bomb) {
    const Bytes packed = compressor()->deflate(Bytes(50'000'000), 0);
    CPPUNIT_ASSERT(packed.size() < 100'000);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_too_large, compressor()->inflate(packed, 0, 1'000).error().id);
}
TEST(Compressor, is_shorter_with_the_dictionary) {
    const Bytes plain = to_bytes("豫医保〔2025〕1号 第二十一条");
    CPPUNIT_ASSERT(compressor()->deflate(plain, 1).size() * 2 < compressor()->deflate(plain, 0).size());
}
TEST(Compressor, refuses_each_cut) {
    const Bytes packed = compressor()->deflate(sample(2'000), 1);
    for (std::size_t size = 0; size < packed.size(); ++size) {
        const auto plain = compressor()->inflate(ByteView(packed).first(size), 1, 10'000);
        CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_compression, plain.error().id);
    }
}
TEST(Compressor, refuses_bytes_after_the_end) {
    Bytes packed = compressor()->deflate(sample(100), 0);
    packed.push_back(std::byte{0});
    const auto plain = compressor()->inflate(packed, 0, 100);
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_compression, plain.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("1 bytes follow the compressed data"), plain.error().detail);
}
TEST(Compressor, refuses_nonsense) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_bad_compression,
                         compressor()->inflate(Bytes(100, std::byte{0xff}), 0, 1'000).error().id);
}
TEST(Compressor, names_a_dictionary_that_it_does_not_have) {
    CPPUNIT_ASSERT_EQUAL(ErrorId::wire_unknown_dictionary, compressor()->inflate({}, 9, 1).error().id);
    CPPUNIT_ASSERT_THROW(compressor()->deflate({}, 9), Bug);
}
TEST(Compressor, serves_several_threads) {
    const auto shared = compressor();
    const Bytes plain = sample(20'000);
    const auto work = [&] {
        for (int i = 0; i < 20; ++i) {
            const auto back = shared->inflate(shared->deflate(plain, 1), 1, plain.size());
            if (!back.ok() || back.value() != plain) std::terminate();
        }
    };
    std::thread other(work);
    work();
    other.join();
}
