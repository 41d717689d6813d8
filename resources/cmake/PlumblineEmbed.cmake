# plumbline_embed(TARGET HEADER NAMESPACE SYMBOL FILE)   builds FILE into TARGET as `const std::string_view NAMESPACE::SYMBOL`,
# declared by HEADER. For small text files that the program must not lose.
function(plumbline_embed target header namespace symbol file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" content)
  get_filename_component(name "${file}" NAME)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol}.cpp")
  file(CONFIGURE OUTPUT "${source}" CONTENT "// From ${name}; made by plumbline_embed().
#include \"${header}\"

namespace ${namespace} {

const std::string_view ${symbol} = R\"embedded(${content})embedded\";

} // namespace ${namespace}
" @ONLY)
  target_sources(${target} PRIVATE "${source}")
endfunction()
