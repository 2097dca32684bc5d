//===- CppWorker.h - a looplint-cxx process -------------------------------===//

#ifndef LOOPLINT_LIB_DRIVER_CPPWORKER_H
#define LOOPLINT_LIB_DRIVER_CPPWORKER_H

#include "looplint/Program/Summary.h"
#include "looplint/Program/UnitRequest.h"

#include "llvm/Support/Error.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace looplint {

/// Lowers one translation unit after the other in a process of its own, which
/// is started at the first, and again after a unit that was its end. For one
/// thread at a time.
class CppWorker {
public:
  /// A unit that takes longer than \p mostSeconds is given up.
  CppWorker(std::string program, unsigned mostSeconds)
      : program(std::move(program)), mostSeconds(mostSeconds) {}
  ~CppWorker() { stop(); }
  CppWorker(const CppWorker &) = delete;
  CppWorker &operator=(const CppWorker &) = delete;

  /// The summaries' bytes (Program/SummaryFile.h), until the next unit. The
  /// error says, for a finding, why the unit is not analysed.
  llvm::Expected<std::vector<llvm::StringRef>>
  lower(const UnitRequest &request);

private:
  llvm::Error start();
  /// Ends the process and says how it ended.
  std::string stop();

  std::string program;
  unsigned mostSeconds;
  pid_t process = 0;
  int socket = -1;
  std::string buffer; // of answers
};

/// The program beside this one, or on the PATH; empty where there is none.
std::string findCppWorker();

} // namespace looplint

#endif // LOOPLINT_LIB_DRIVER_CPPWORKER_H
