#include "shared/domain/codes_of_people.h"

#include "tests/support/testing.h"

using namespace zige;

namespace {

struct ShapeRow {
    const char* name;
    const char* code;
    CodeShape shape;
    bool person;
};
const ShapeRow kShapes[] = {
    {"a_doctor", "D411500000001", CodeShape::doctor, true},
    {"a_nurse", "N411500000001", CodeShape::nurse, true},
    {"a_pharmacy_technician", "HY110000000001", CodeShape::pharmacy_technician, true},
    {"a_medical_technician", "HJ110000000001", CodeShape::medical_technician, true},
    {"a_medical_institution_is_nobody", "H43028110001", CodeShape::clinic, false},
    {"a_pharmacy_is_nobody", "P43028110001", CodeShape::pharmacy, false},
    {"a_staff_number", "0231", CodeShape::none, false},
    {"a_digit_too_few", "D41150000001", CodeShape::none, false},
    {"a_digit_too_many", "D4115000000011", CodeShape::none, false},
    {"a_letter_among_the_digits", "D41150000000A", CodeShape::none, false},
    {"a_lower_case_letter", "d411500000001", CodeShape::none, false},
    {"a_letter_before_it", "XD411500000001", CodeShape::none, false},
    {"a_doctor_with_14_characters", "HD110000000001", CodeShape::none, false},
    {"nothing", "", CodeShape::none, false},
};

struct GoodRow {
    const char* name;
    const char* number;
    const char* result;
};
const GoodRow kGood[] = {
    {"the_example_of_the_standard", "11010519491231002X", "11010519491231002X"},
    {"a_lower_case_x_is_raised", "11010519491231002x", "11010519491231002X"},
    {"a_digit_at_the_end", "411502198506153017", "411502198506153017"},
    {"a_birth_on_a_leap_day", "411502200002293024", "411502200002293024"},
};

struct BadRow {
    const char* name;
    const char* number;
    ErrorId id;
};
const BadRow kBad[] = {
    {"seventeen_characters", "1101051949123100", ErrorId::identity_bad_length},
    {"nothing", "", ErrorId::identity_bad_length},
    {"nineteen_characters", "11010519491231002X1", ErrorId::identity_bad_length},
    {"a_letter_inside", "11010519491231O02X", ErrorId::identity_bad_character},
    {"another_letter_at_the_end", "11010519491231002Y", ErrorId::identity_bad_character},
    {"an_x_inside", "1101051949123100X2", ErrorId::identity_bad_character},
    {"the_31st_of_june", "11010519490631002X", ErrorId::identity_bad_date},
    {"a_birth_before_1900", "440524188001010014", ErrorId::identity_bad_date},
    {"the_29th_of_february_of_a_plain_year", "11010519490229002X", ErrorId::identity_bad_date},
    {"another_check_character", "110105194912310021", ErrorId::identity_bad_checksum},
    {"two_digits_swapped", "11010519491231020X", ErrorId::identity_bad_checksum},
};

struct MaskRow {
    const char* name;
    const char* number;
    const char* shown;
};
const MaskRow kMasks[] = {
    {"an_identity_number", "11010519491231002X", "110*************2X"},
    {"a_short_number_is_hidden_whole", "12345", "*****"},
    {"six_characters_show_five", "123456", "123*56"},
    {"chinese_characters_are_not_cut", "军字第0012345号", "军字第******5号"},
    {"nothing", "", ""},
};

}  // namespace

TEST_EACH(CodesOfPeople, tells_what_a_code_looks_like, kShapes) {
    CPPUNIT_ASSERT(row.shape == shape_of(row.code));
    CPPUNIT_ASSERT_EQUAL(row.person, is_person_code(row.code));
}

TEST_EACH(CodesOfPeople, accepts_an_identity_number, kGood) {
    const auto number = check_resident_id(row.number, "certno");
    CPPUNIT_ASSERT(number.ok());
    CPPUNIT_ASSERT_EQUAL(std::string(row.result), number.value());
}

TEST_EACH(CodesOfPeople, refuses_an_identity_number_with, kBad) {
    const auto number = check_resident_id(row.number, "certno");
    CPPUNIT_ASSERT(!number.ok());
    CPPUNIT_ASSERT_EQUAL(row.id, number.error().id);
    CPPUNIT_ASSERT_EQUAL(std::string("certno"), number.error().field);
    CPPUNIT_ASSERT(*row.number == '\0' || number.error().detail.find(row.number) == std::string::npos);  // P9
}

TEST_EACH(CodesOfPeople, hides_the_middle_of, kMasks) {
    CPPUNIT_ASSERT_EQUAL(std::string(row.shown), masked(row.number));
}
