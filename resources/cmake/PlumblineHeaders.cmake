# Precompiled headers of what is not ours: Qt, JSON, the standard library. Our own headers never stand in one, so that each
# file goes on naming what it uses; the preset tidy builds without them and finds what is not named.
option(PLUMBLINE_PCH "Precompile the headers of Qt, JSON and the standard library" ON)
set(PLUMBLINE_UI_DEFINITIONS QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_USE_QSTRINGBUILDER)

# plumbline_headers(NAME OPTIONS flags... DEFINITIONS macros... LIBS libraries... HEADERS headers...)
# A precompiled header for the targets that plumbline_precompiled() gives it. They are compiled with the same flags and macros.
function(plumbline_headers name)
  cmake_parse_arguments(PCH "" "" "OPTIONS;DEFINITIONS;LIBS;HEADERS" ${ARGN})
  if(NOT PLUMBLINE_PCH)
    return()
  endif()
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/${name}.cpp" CONTENT "")
  add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/${name}.cpp")
  target_compile_options(${name} PRIVATE -pthread ${PCH_OPTIONS})
  target_compile_definitions(${name} PRIVATE ${PCH_DEFINITIONS})
  target_link_libraries(${name} PRIVATE plumbline_strict ${PCH_LIBS})
  target_precompile_headers(${name} PRIVATE ${PCH_HEADERS})
endfunction()

function(plumbline_precompiled target name)
  if(PLUMBLINE_PCH)
    target_compile_options(${target} PRIVATE -pthread) # a macro that the header was made with; some libraries ask for it
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()
