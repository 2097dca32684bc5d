//===- CppWorker.cpp - a looplint-cxx process -----------------------------===//

#include "CppWorker.h"

#include "looplint/Program/SummaryFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace looplint;

extern char **environ;

static constexpr llvm::StringLiteral workerName = "looplint-cxx";

std::string looplint::findCppWorker() {
  static int inThisProgram;
  llvm::SmallString<256> beside(
      llvm::sys::fs::getMainExecutable(nullptr, &inThisProgram));
  llvm::sys::path::remove_filename(beside);
  llvm::sys::path::append(beside, workerName);
  if (llvm::sys::fs::can_execute(beside))
    return beside.str().str();
  llvm::ErrorOr<std::string> onPath = llvm::sys::findProgramByName(workerName);
  return onPath ? *onPath : std::string();
}

/// The worker's standard input and output are its end of the socket.
llvm::Error CppWorker::start() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return llvm::createStringError("no socket: " + llvm::sys::StrError());

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                   O_WRONLY, 0);
  std::string mode = "--worker";
  char *arguments[] = {program.data(), mode.data(), nullptr};
  int failed = ::posix_spawn(&process, program.c_str(), &actions, nullptr,
                             arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  socket = ends[0];
  if (failed == 0)
    return llvm::Error::success();
  process = 0;
  stop();
  return llvm::createStringError(
      "`" + program + "` cannot be started: " + llvm::sys::StrError(failed));
}

std::string CppWorker::stop() {
  if (socket >= 0)
    ::close(socket);
  socket = -1;
  if (process == 0)
    return {};
  int status = 0;
  ::waitpid(process, &status, 0);
  process = 0;
  if (WIFSIGNALED(status))
    return llvm::formatv("the compiler front end crashed ({0})",
                         ::strsignal(WTERMSIG(status)));
  if (WEXITSTATUS(status) == outOfMemoryStatus)
    return "the compiler front end ran out of memory";
  // So ends a program whose libraries the system does not find.
  if (WEXITSTATUS(status) == 127)
    return "`" + program +
           "` cannot be started: a shared library that it needs is missing "
           "(`ldd` says which; Debian: libclang-cpp22, libllvm22)";
  return llvm::formatv("the compiler front end ended with status {0}",
                       WEXITSTATUS(status));
}

llvm::Expected<std::vector<llvm::StringRef>>
CppWorker::lower(const UnitRequest &request) {
  if (process == 0)
    if (llvm::Error error = start())
      return error;
  bool isLate = false;
  std::optional<llvm::StringRef> answer;
  if (sendMessage(socket, toJson(request)))
    answer = receiveMessage(socket, mostSeconds, isLate, buffer);
  if (answer)
    return splitSummaries(*answer);

  if (isLate)
    ::kill(process, SIGKILL);
  std::string end = stop();
  if (isLate)
    end = llvm::formatv("the compiler front end took more than {0} seconds",
                        mostSeconds);
  return llvm::createStringError(end);
}
