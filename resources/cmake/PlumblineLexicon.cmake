# plumbline_lexicon(TARGET)   packs WordNet (Debian package wordnet-base) into TARGET; resources/lexicon says how.
function(plumbline_lexicon target)
  add_executable(make_lexicon "${CMAKE_SOURCE_DIR}/resources/lexicon/make_lexicon.cpp")
  set(source "${CMAKE_CURRENT_BINARY_DIR}/lexicon_bytes.cpp")
  add_custom_command(OUTPUT "${source}" COMMAND make_lexicon "${WORDNET_FOLDER}" "${source}"
    DEPENDS make_lexicon "${WORDNET_FOLDER}/data.noun" VERBATIM)
  # A room of its own in the build: strict warnings are not for four megabytes of constants.
  add_library(${target}_lexicon STATIC "${source}")
  target_include_directories(${target}_lexicon PRIVATE "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PUBLIC ${target}_lexicon)
endfunction()
