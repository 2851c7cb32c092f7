# The few functions by which every folder defines its target.

# All flags stand on this one target; zige_library and zige_program link it.
function(zige_define_flags)
    add_library(zige_flags INTERFACE)
    target_include_directories(zige_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
    target_compile_options(zige_flags INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion
        $<$<BOOL:${ZIGE_WERROR}>:-Werror>)
    target_compile_definitions(zige_flags INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
    target_link_libraries(zige_flags INTERFACE Threads::Threads)
    if(ZIGE_SANITIZE)
        target_compile_options(zige_flags INTERFACE
            -fsanitize=${ZIGE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
        target_link_options(zige_flags INTERFACE -fsanitize=${ZIGE_SANITIZE})
    endif()
endfunction()

# zige_library(zige_wire SOURCES a.cpp b.cpp PUBLIC zige_domain PRIVATE PkgConfig::libcbor)
# A static library; PUBLIC is what its headers need, PRIVATE what only its sources need.
# Without SOURCES it is an INTERFACE library, and everything it links is PUBLIC.
function(zige_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    zige_refuse_leftovers(${name} "${arg_UNPARSED_ARGUMENTS}")
    if(arg_SOURCES)
        add_library(${name} STATIC ${arg_SOURCES})
        target_link_libraries(${name} PUBLIC zige_flags ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    else()
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE zige_flags ${arg_PUBLIC})
    endif()
endfunction()

# zige_program(zige-hub SOURCES main.cpp LINK hub_service)
function(zige_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    zige_refuse_leftovers(${name} "${arg_UNPARSED_ARGUMENTS}")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE zige_flags ${arg_LINK})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
    install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${name})
endfunction()

function(zige_refuse_leftovers name leftovers)
    if(leftovers)
        message(FATAL_ERROR "${name}: not understood: ${leftovers}")
    endif()
endfunction()

# Adds each folder that has a CMakeLists.txt.
function(zige_add_folders)
    foreach(folder IN LISTS ARGN)
        if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
            add_subdirectory(${folder})
        endif()
    endforeach()
endfunction()
