//===- UnitRequest.cpp - what looplint asks of looplint-cxx ---------------===//

#include "looplint/Program/UnitRequest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include <chrono>
#include <poll.h>
#include <sys/socket.h>

using namespace looplint;
using Clock = std::chrono::steady_clock;

/// Programs that run the compiler, which is a word behind them.
static bool isLauncher(llvm::StringRef program) {
  llvm::StringRef name = llvm::sys::path::stem(program);
  return name == "ccache" || name == "sccache" || name == "distcc" ||
         name == "icecc" || name == "gomacc";
}

/// "x86_64-linux-gnu-g++-12.2", "emcc", "clang-cl.exe": a compiler by its name.
static bool isCompiler(llvm::StringRef program) {
  if (program.starts_with("-"))
    return false;
  llvm::StringRef name = llvm::sys::path::filename(program);
  name.consume_back(".exe");
  auto [stem, version] = name.rsplit('-');
  if (!version.empty() &&
      version.find_first_not_of("0123456789.") == llvm::StringRef::npos)
    name = stem;
  return name == "cl" || name == "clang-cl" ||
         llvm::any_of(llvm::ArrayRef<llvm::StringRef>(
                          {"cc", "++", "cxx", "clang", "icpc", "icpx", "icx"}),
                      [&](auto end) { return name.ends_with(end); });
}

/// Whether the word behind it is a folder or a file.
static bool takesPath(llvm::StringRef option) {
  return option.starts_with("-i") || option == "-I" || option == "-L" ||
         option == "-B" || option == "-o" || option == "--sysroot";
}

std::vector<std::string>
looplint::withoutLaunchers(const std::vector<std::string> &command) {
  std::size_t first = 0;
  while (first + 1 < command.size() && isLauncher(command[first]))
    ++first;
  // What starts the compiler may be any program, with words of its own: `env
  // NAME=VALUE`, `cmake -E`, `libtool --mode=compile`.
  std::size_t compiler = first;
  while (compiler < command.size() &&
         (!isCompiler(command[compiler]) ||
          (compiler > first && takesPath(command[compiler - 1]))))
    ++compiler;
  if (compiler != command.size())
    first = compiler;
  return {command.begin() + static_cast<std::ptrdiff_t>(first), command.end()};
}

std::string looplint::toJson(const UnitRequest &request) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(llvm::json::Object{
      {"directory", request.directory},
      {"file", request.file},
      {"command", llvm::json::Array(request.command)},
      {"projectRoots", llvm::json::Array(request.projectRoots)},
      {"defines", llvm::json::Array(request.defines)},
      {"contents", request.contents},
      {"changed", request.changed}});
  return text;
}

llvm::Expected<UnitRequest> looplint::parseUnitRequest(llvm::StringRef json) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(json);
  if (!value)
    return value.takeError();
  UnitRequest request;
  llvm::json::Path::Root root("request");
  llvm::json::ObjectMapper map(*value, root);
  bool isComplete = map && map.map("directory", request.directory) &&
                    map.map("file", request.file) &&
                    map.map("command", request.command) &&
                    map.map("projectRoots", request.projectRoots) &&
                    map.map("defines", request.defines) &&
                    map.map("contents", request.contents) &&
                    map.mapOptional("changed", request.changed);
  if (!isComplete)
    return root.getError();
  return request;
}

static bool sendAll(int socket, llvm::StringRef bytes) {
  while (!bytes.empty()) {
    ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent <= 0)
      return false;
    bytes = bytes.drop_front(static_cast<std::size_t>(sent));
  }
  return true;
}

bool looplint::sendMessage(int socket, llvm::StringRef message) {
  std::uint64_t size = message.size();
  return sendAll(socket,
                 {reinterpret_cast<const char *>(&size), sizeof(size)}) &&
         sendAll(socket, message);
}

/// The milliseconds until then, for poll(); -1 where there is no end.
static int millisecondsUntil(std::optional<Clock::time_point> end) {
  if (!end)
    return -1;
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      *end - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

static bool receiveAll(int socket, llvm::MutableArrayRef<char> bytes,
                       std::optional<Clock::time_point> end, bool &isLate) {
  while (!bytes.empty()) {
    pollfd waited{.fd = socket, .events = POLLIN, .revents = 0};
    int ready = ::poll(&waited, 1, millisecondsUntil(end));
    isLate = ready == 0;
    if (isLate)
      return false;
    ssize_t count = ::recv(socket, bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return false;
    bytes = bytes.drop_front(static_cast<std::size_t>(count));
  }
  return true;
}

std::optional<llvm::StringRef> looplint::receiveMessage(int socket,
                                                        unsigned seconds,
                                                        bool &isLate,
                                                        std::string &buffer) {
  std::optional<Clock::time_point> end;
  if (seconds != 0)
    end = Clock::now() + std::chrono::seconds(seconds);
  std::uint64_t size = 0;
  isLate = false;
  if (!receiveAll(socket, {reinterpret_cast<char *>(&size), sizeof(size)}, end,
                  isLate))
    return std::nullopt;
  if (buffer.size() < size)
    buffer.resize(size);
  if (!receiveAll(socket, {buffer.data(), size}, end, isLate))
    return std::nullopt;
  return llvm::StringRef(buffer.data(), size);
}
