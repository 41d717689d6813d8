# Language, warnings and build-wide settings. plumbline_strict is the one interface target that carries them.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# Release keeps assertions out and line numbers in, so that a crash can be read.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -g1")

# ccache is told here what lets build/release and build/headless share objects and precompiled headers: paths from the
# source folder, and no build folder in the key. A user's own ccache.conf need not say it.
find_program(PLUMBLINE_CCACHE ccache)
if(PLUMBLINE_CCACHE)
  set(launcher "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros "${PLUMBLINE_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

# Two hundred programs are linked: mold takes a fraction of what ld.bfd takes.
find_program(PLUMBLINE_MOLD mold)
if(PLUMBLINE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(plumbline_strict INTERFACE)
target_compile_options(plumbline_strict INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wcast-qual -Wformat=2 -Wimplicit-fallthrough
  # GCC 12 warns of std::string's own operator+ at -O2 (GCC bug 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${PLUMBLINE_WERROR}>:-Werror>)
target_include_directories(plumbline_strict INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(plumbline_strict INTERFACE PLUMBLINE_VERSION="${PROJECT_VERSION}")

if(PLUMBLINE_SANITIZE)
  add_compile_options(-fsanitize=${PLUMBLINE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PLUMBLINE_SANITIZE})
endif()
