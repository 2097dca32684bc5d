//===- Worker.h - translation units on request ----------------------------===//

#ifndef LOOPLINT_TOOLS_LOOPLINT_CXX_WORKER_H
#define LOOPLINT_TOOLS_LOOPLINT_CXX_WORKER_H

namespace looplint {

/// Answers requests (Program/UnitRequest.h) on standard input, a socket, until
/// the other side is gone. Returns the exit status.
int serve();

} // namespace looplint

#endif // LOOPLINT_TOOLS_LOOPLINT_CXX_WORKER_H
