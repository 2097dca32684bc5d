//===- DescribeContexts.h - where a function runs, for people -------------===//

#ifndef LOOPLINT_DRIVER_DESCRIBECONTEXTS_H
#define LOOPLINT_DRIVER_DESCRIBECONTEXTS_H

#include "looplint/Driver/Analyze.h"

#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <vector>

namespace looplint {

/// Prints each context that \p function can run in, and the calls that lead to
/// it: `looplint contexts`. What is made of the same text in C++, another
/// instance of a template say, counts as well.
void describeContexts(llvm::raw_ostream &out, const Analysis &analysis,
                      FunctionKey function);

/// The functions of a file, each text once; the module first.
std::vector<FunctionKey> functionsOf(const Analysis &analysis, FileId file);

/// The innermost function around a line (1-based) of \p file; the module where
/// the line is in none. Invalid if the file was not parsed or has no such line.
FunctionKey functionAtLine(const Analysis &analysis, FileId file,
                           std::uint32_t line);

} // namespace looplint

#endif // LOOPLINT_DRIVER_DESCRIBECONTEXTS_H
