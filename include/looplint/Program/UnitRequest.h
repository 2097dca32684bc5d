//===- UnitRequest.h - what looplint asks of looplint-cxx -----------------===//
//
// The two processes speak over one socket: a message is its length (8 bytes,
// as the machine has them) and so many bytes. A request is JSON, an answer is
// what writeSummaries() writes.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_PROGRAM_UNITREQUEST_H
#define LOOPLINT_PROGRAM_UNITREQUEST_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace looplint {

/// One entry of a compilation database, and what the analysis adds to it.
struct UnitRequest {
  /// Where the compiler is run. Absolute.
  std::string directory;
  /// The main file; relative to the directory where it is not absolute.
  std::string file;
  /// The compiler and its arguments, the file among them.
  std::vector<std::string> command;
  /// Absolute. A file below one of them belongs to the project, unless the
  /// command says that its folder is a system's. The bodies of all other
  /// functions are skipped.
  std::vector<std::string> projectRoots;
  /// Macros (`NAME` or `NAME=VALUE`) that are defined for the analysis of C++20
  /// and later.
  std::vector<std::string> defines;
  /// What the file \p changed, an absolute path, or else the main file is taken
  /// to contain; none: what is on the disk.
  std::optional<std::string> contents;
  std::string changed;
};

/// How looplint-cxx ends where it gets no more memory.
constexpr int outOfMemoryStatus = 12;

/// The compiler and its arguments, without the programs that start it
/// (`ccache`).
std::vector<std::string>
withoutLaunchers(const std::vector<std::string> &command);

std::string toJson(const UnitRequest &request);
llvm::Expected<UnitRequest> parseUnitRequest(llvm::StringRef json);

/// False where the other side is gone.
bool sendMessage(int socket, llvm::StringRef message);
/// Waits for a message, at most \p seconds if that is not 0; none where the
/// other side is gone or the time is over (\p isLate then). It lies in
/// \p buffer, which only grows, until that is used for the next one.
std::optional<llvm::StringRef>
receiveMessage(int socket, unsigned seconds, bool &isLate, std::string &buffer);

} // namespace looplint

#endif // LOOPLINT_PROGRAM_UNITREQUEST_H
