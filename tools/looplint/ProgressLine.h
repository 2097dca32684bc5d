//===- ProgressLine.h - how far a long run has come -----------------------===//

#ifndef LOOPLINT_TOOLS_PROGRESSLINE_H
#define LOOPLINT_TOOLS_PROGRESSLINE_H

#include "looplint/Driver/Progress.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace looplint {

/// While it lives, keeps a line on standard error up to date, from the second
/// second on. Does nothing where standard error is no terminal.
class ProgressLine {
public:
  ProgressLine(const Progress &progress, bool isWanted);
  ~ProgressLine();

private:
  void keepPrinting();

  const Progress &progress;
  std::mutex mutex;
  std::condition_variable ended;
  bool hasEnded = false;
  std::thread thread;
};

} // namespace looplint

#endif // LOOPLINT_TOOLS_PROGRESSLINE_H
