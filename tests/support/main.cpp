#include <iostream>

#include "tests/support/runner.h"

int main(int argc, char** argv) {
    return zige::testing::run_tests(zige::testing::program_tests(), zige::testing::program_tags(),
                                    {argv + 1, argv + argc}, std::cout);
}
