//===- Command.h - a compiler's command line, made ours -------------------===//

#ifndef LOOPLINT_FRONTEND_CPP_COMMAND_H
#define LOOPLINT_FRONTEND_CPP_COMMAND_H

#include "looplint/Frontend/Cpp/Lower.h"

namespace looplint::cpp {

/// The command with which Clang parses the unit and does nothing else: response
/// files are expanded; outputs, plug-ins, warnings and what only another
/// compiler knows are gone. With \p isReadingOnly nothing is left but what says
/// how the text is to be read. Empty where there is no command.
std::vector<std::string> parseCommand(const UnitRequest &request,
                                      bool isReadingOnly = false);

/// Whether stddef.h and its like are there, which belong to Clang.
bool hasOwnHeaders();

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_COMMAND_H
