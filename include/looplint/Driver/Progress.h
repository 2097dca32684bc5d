//===- Progress.h - how far a run has come --------------------------------===//

#ifndef LOOPLINT_DRIVER_PROGRESS_H
#define LOOPLINT_DRIVER_PROGRESS_H

#include <atomic>

namespace looplint {

/// Written by the analysis, read by whoever shows it. Thread-safe.
struct Progress {
  enum Phase { Reading, Parsing, Analysing };

  std::atomic<Phase> phase = Reading;
  /// Of the files that are parsed.
  std::atomic<unsigned> done = 0;
  std::atomic<unsigned> total = 0;
};

} // namespace looplint

#endif // LOOPLINT_DRIVER_PROGRESS_H
