//===- Worker.cpp - translation units on request --------------------------===//

#include "Worker.h"

#include "looplint/Frontend/Cpp/Lower.h"
#include "looplint/Program/SummaryFile.h"
#include "looplint/Program/UnitRequest.h"

#include "llvm/Support/ErrorHandling.h"

#include <algorithm>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

using namespace looplint;

// A unit that needs more is given up, before the machine is.
static constexpr rlim_t mostMemory = rlim_t{8} << 30;

/// An end by exhausted memory is one of this process, which is started again.
static void limitMemory() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0)
    return;
  limit.rlim_cur = std::min(limit.rlim_cur, mostMemory);
  ::setrlimit(RLIMIT_AS, &limit);
}

/// Called where nothing can be allocated any more, not even what it takes to
/// say so.
static void endForWantOfMemory(void * /*data*/, const char * /*reason*/,
                               bool /*wantsCrash*/) {
  ::_exit(outOfMemoryStatus);
}

int looplint::serve() {
  limitMemory();
  llvm::install_bad_alloc_error_handler(endForWantOfMemory);
  bool isLate = false;
  std::string buffer;
  while (std::optional<llvm::StringRef> message =
             receiveMessage(STDIN_FILENO, /*seconds=*/0, isLate, buffer)) {
    llvm::Expected<UnitRequest> request = parseUnitRequest(*message);
    if (!request) {
      llvm::consumeError(request.takeError());
      return 2;
    }
    std::string answer;
    llvm::raw_string_ostream out(answer);
    writeSummaries(cpp::lower(*request), out);
    if (!sendMessage(STDIN_FILENO, answer))
      break;
  }
  return 0;
}
