//===- CompilerVersion.h - which GCC a command starts ---------------------===//

#ifndef LOOPLINT_LIB_DRIVER_COMPILERVERSION_H
#define LOOPLINT_LIB_DRIVER_COMPILERVERSION_H

#include "looplint/Driver/Configuration.h"

#include <cstdint>

namespace looplint {

/// The major version of the GCC that the command starts; 0 where it starts
/// another compiler or nothing tells. Nothing is executed: the version is part
/// of the program's name, or of what that is a link to.
std::uint8_t gccVersion(const CompileCommand &command);

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_COMPILERVERSION_H
