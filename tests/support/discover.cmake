# One ctest entry per test and per table row, from `<executable> --list`, in the spirit of gtest_discover_tests.

if(CMAKE_SCRIPT_MODE_FILE)
    # Runs after each link of a test executable: EXECUTABLE, LABEL, TIMEOUT and OUTPUT come from the command line.
    execute_process(COMMAND ${EXECUTABLE} --list OUTPUT_VARIABLE listing RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${EXECUTABLE} --list failed: ${result}")
    endif()
    string(STRIP "${listing}" listing)
    string(REPLACE "\n" ";" names "${listing}")
    if(NOT names)
        message(FATAL_ERROR "${EXECUTABLE} lists no test")
    endif()
    set(script "")
    foreach(name IN LISTS names)
        string(APPEND script
            "add_test([=[${name}]=] [=[${EXECUTABLE}]=] --exact [=[${name}]=])\n"
            "set_tests_properties([=[${name}]=] PROPERTIES LABELS ${LABEL} TIMEOUT ${TIMEOUT} SKIP_RETURN_CODE 77)\n")
    endforeach()
    file(WRITE ${OUTPUT} "${script}")
    return()
endif()

set(ZIGE_DISCOVER_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

# zige_discover_tests(unit_tests LABEL unit TIMEOUT 60)
function(zige_discover_tests target)
    cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "" ${ARGN})
    set(base ${CMAKE_CURRENT_BINARY_DIR}/${target})
    add_custom_command(TARGET ${target} POST_BUILD
        COMMAND ${CMAKE_COMMAND} -D EXECUTABLE=$<TARGET_FILE:${target}> -D LABEL=${arg_LABEL}
                -D TIMEOUT=${arg_TIMEOUT} -D OUTPUT=${base}_tests.cmake -P ${ZIGE_DISCOVER_SCRIPT}
        BYPRODUCTS ${base}_tests.cmake
        VERBATIM)
    file(WRITE ${base}_include.cmake
        "if(EXISTS [=[${base}_tests.cmake]=])\n  include([=[${base}_tests.cmake]=])\n"
        "else()\n  add_test(${target}_NOT_BUILT ${target}_NOT_BUILT)\nendif()\n")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${base}_include.cmake)
endfunction()

# zige_test_level(vector LABEL vectors FOLDER vectors): the executable <level>_tests from the folders below
# tests/<folder> that have a CMakeLists.txt (or from that folder's own). A level without one does not exist.
function(zige_test_level level)
    cmake_parse_arguments(arg "" "LABEL;FOLDER;TIMEOUT" "" LABEL ${level} FOLDER ${level} TIMEOUT 300 ${ARGN})
    foreach(key LABEL FOLDER)
        list(GET arg_${key} -1 arg_${key})
    endforeach()
    file(GLOB lists CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${arg_FOLDER}/CMakeLists.txt
         ${CMAKE_CURRENT_SOURCE_DIR}/${arg_FOLDER}/*/CMakeLists.txt)
    if(NOT lists)
        return()
    endif()
    add_executable(${level}_tests)
    target_link_libraries(${level}_tests PRIVATE zige_test_main)
    foreach(list IN LISTS lists)
        get_filename_component(folder ${list} DIRECTORY)
        add_subdirectory(${folder})
    endforeach()
    zige_discover_tests(${level}_tests LABEL ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
endfunction()
