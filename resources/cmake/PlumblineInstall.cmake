# What a package carries: the command, the console where it was built, the sample workspace and the documentation.
include(GNUInstallDirs)
install(TARGETS plumbline RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET plumbline-console)
  install(TARGETS plumbline-console RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY corpus/ DESTINATION ${CMAKE_INSTALL_DATADIR}/plumbline/sample PATTERN sources EXCLUDE PATTERN .plumbline EXCLUDE)
install(DIRECTORY resources/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
