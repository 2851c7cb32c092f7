#include "agent/daemon/pin_book.h"

#include <set>

#include "tests/support/fakes.h"
#include "tests/support/testing.h"

using namespace zige;
using namespace zige::daemon;

namespace {

constexpr const char* kPin = "274916";

struct BookFixture {
    zige::testing::MemoryFiles files;
    zige::testing::SeededRandom random{7};
    const Instant now = *parse_time("2026-11-20 08:00:00", "");
    zige::testing::FakeClock clock{now};

    std::unique_ptr<PinBook> open() {
        auto book = PinBook::open("/data/clerks.json", files, random, clock);
        CPPUNIT_ASSERT(book.ok());
        return std::move(book).value();
    }
    void damage(const std::string& text) { CPPUNIT_ASSERT(files.write("/data/clerks.json", as_bytes(text)).ok()); }
};

void guess_wrong(PinBook& book, Instant now, int times) {
    for (int i = 0; i < times; ++i)
        CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_wrong, book.check("王五", "999998", now).error().id);
}

struct Pin {
    const char* name;
    const char* pin;
    bool good;
};
const Pin kPins[] = {
    {"six_digits", "274916", true},
    {"twelve_digits", "274916274916", true},
    {"five_digits", "27491", false},
    {"thirteen", "2749162749162", false},
    {"letters", "27491a", false},
    {"all_the_same", "777777", false},
    {"upwards", "123456", false},
    {"downwards", "987654", false},
    {"empty", "", false},
    {"full_width", "２７４９１６", false},
};

struct Damage {
    const char* name;
    const char* text;
};
const Damage kDamages[] = {
    {"no_json", "{"},
    {"no_list", "{}"},
    {"no_salt", R"([{"name":"a","hash":"00","made":0,"wrong":0}])"},
    {"short_hash", R"([{"name":"a","salt":"00112233445566778899aabbccddeeff","hash":"00","made":0,"wrong":0}])"},
};

}  // namespace

TEST_EACH(PinBook, takes_pins_that_are_not_guessed_at_once, kPins) {
    BookFixture f;
    const auto added = f.open()->add("王五", row.pin, f.now);
    CPPUNIT_ASSERT_EQUAL(row.good, added.ok());
    if (!row.good) CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_weak, added.error().id);
}

TEST(PinBook, knows_a_clerk_after_a_restart_and_shows_no_pin_on_disk) {
    BookFixture f;
    CPPUNIT_ASSERT(f.open()->add("王五", kPin, f.now).ok());
    const auto book = f.open();
    CPPUNIT_ASSERT(book->check("王五", kPin, f.now).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_wrong, book->check("王五", "274917", f.now).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_wrong, book->check("赵六", kPin, f.now).error().id);
    const auto bytes = f.files.read("/data/clerks.json", kMaxPinFile);
    CPPUNIT_ASSERT(as_text(*bytes).find(kPin) == std::string_view::npos);
}

TEST(PinBook, the_same_pin_of_two_clerks_is_not_the_same_on_disk) {
    BookFixture f;
    const auto book = f.open();
    CPPUNIT_ASSERT(book->add("王五", kPin, f.now).ok() && book->add("赵六", kPin, f.now).ok());
    const auto rows = parse_json(as_text(*f.files.read("/data/clerks.json", kMaxPinFile)), kMaxPinFile).value();
    CPPUNIT_ASSERT(*(*rows.items())[0].find("hash")->text() != *(*rows.items())[1].find("hash")->text());
}

TEST(PinBook, five_wrong_pins_lock_for_a_quarter_of_an_hour_of_a_clock_that_nobody_sets) {
    BookFixture f;
    const auto book = f.open();
    CPPUNIT_ASSERT(book->add("王五", kPin, f.now).ok());
    guess_wrong(*book, f.now, kWrongPins);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_locked, book->check("王五", kPin, f.now).error().id);
    CPPUNIT_ASSERT(book->list()->front().locked);
    f.clock.set_wall(f.now + std::chrono::hours(30));
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_locked, book->check("王五", kPin, f.now).error().id);
    f.clock.advance(kPinLock);
    CPPUNIT_ASSERT(book->check("王五", kPin, f.now).ok());
    guess_wrong(*book, f.now, kWrongPins - 1);
    CPPUNIT_ASSERT(book->check("王五", kPin, f.now).ok());
}

TEST(PinBook, after_the_lock_one_wrong_pin_locks_again) {
    BookFixture f;
    const auto book = f.open();
    CPPUNIT_ASSERT(book->add("王五", kPin, f.now).ok());
    guess_wrong(*book, f.now, kWrongPins);
    f.clock.advance(kPinLock);
    guess_wrong(*book, f.now, 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_locked, book->check("王五", kPin, f.now).error().id);
}

TEST(PinBook, a_restart_forgives_no_wrong_pin) {
    BookFixture f;
    CPPUNIT_ASSERT(f.open()->add("王五", kPin, f.now).ok());
    guess_wrong(*f.open(), f.now, kWrongPins - 1);
    guess_wrong(*f.open(), f.now, 1);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_locked, f.open()->check("王五", kPin, f.now).error().id);
}

TEST(PinBook, a_new_pin_unlocks_and_the_old_one_is_gone) {
    BookFixture f;
    const auto book = f.open();
    CPPUNIT_ASSERT(book->add("王五", kPin, f.now).ok());
    guess_wrong(*book, f.now, kWrongPins);
    CPPUNIT_ASSERT(book->put("王五", "830514", f.now, {}).ok());
    CPPUNIT_ASSERT(book->check("王五", "830514", f.now).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pin_wrong, book->check("王五", kPin, f.now).error().id);
}

TEST(PinBook, a_pin_with_an_end_is_worth_nothing_behind_it) {
    BookFixture f;
    const auto book = f.open();
    CPPUNIT_ASSERT(book->put("#7", kPin, f.now, {true, f.now + std::chrono::hours(1)}).ok());
    CPPUNIT_ASSERT(book->check("#7", kPin, f.now).value().once);
    const auto late = f.open()->check("#7", kPin, f.now + std::chrono::hours(2));
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_self_refused, late.error().id);
}

TEST(PinBook, names_are_added_once_and_removed) {
    BookFixture f;
    const auto book = f.open();
    CPPUNIT_ASSERT(book->empty().value());
    CPPUNIT_ASSERT(book->add("王五", kPin, f.now).ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_clerk_name_taken, book->add("王五", "830514", f.now).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::api_bad_field, book->add("", kPin, f.now).error().id);
    CPPUNIT_ASSERT(book->remove("王五").ok());
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_clerk_not_found, book->remove("王五").error().id);
    CPPUNIT_ASSERT(f.open()->empty().value());
}

TEST_EACH(PinBook, a_damaged_file_is_told_and_kept, kDamages) {
    BookFixture f;
    f.damage(row.text);
    const auto book = f.open();
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pins_damaged, book->check("王五", kPin, f.now).error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pins_damaged, book->empty().error().id);
    CPPUNIT_ASSERT_EQUAL(ErrorId::local_pins_damaged, book->add("王五", kPin, f.now).error().id);
    CPPUNIT_ASSERT_EQUAL(std::string(row.text), std::string(as_text(*f.files.read("/data/clerks.json", kMaxPinFile))));
}

TEST(RandomPin, is_eight_digits_of_chance) {
    zige::testing::SeededRandom random{11};
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string pin = random_pin(random);
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, pin.size());
        CPPUNIT_ASSERT(check_pin(pin, "").ok());
        seen.insert(pin);
    }
    CPPUNIT_ASSERT(seen.size() > 195);
}
