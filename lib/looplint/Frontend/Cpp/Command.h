//===- Command.h - a compiler's command line, made ours -------------------===//

#ifndef LOOPLINT_FRONTEND_CPP_COMMAND_H
#define LOOPLINT_FRONTEND_CPP_COMMAND_H

#include "looplint/Frontend/Cpp/Lower.h"

namespace looplint::cpp {

/// The command with which Clang parses the unit and does nothing else: response
/// files are expanded; outputs, plug-ins, warnings and what only another
/// compiler knows are gone.
std::vector<std::string> parseCommand(const UnitRequest &request);

} // namespace looplint::cpp

#endif // LOOPLINT_FRONTEND_CPP_COMMAND_H
