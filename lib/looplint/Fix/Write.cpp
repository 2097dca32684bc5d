//===- Write.cpp ----------------------------------------------------------===//
//
// The new contents go to a temporary file in the same folder, which then takes
// the old one's name in one step. The temporary file's name is made from the
// file's own, so that a run that was killed leaves at most one of them, which
// the next run writes over. Locking it keeps two runs apart.
//
//===----------------------------------------------------------------------===//

#include "looplint/Fix/Write.h"

#include "looplint/Source/Decode.h"
#include "looplint/Source/Notebook.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace looplint;

static llvm::Error failure(llvm::StringRef path, const llvm::Twine &reason) {
  return llvm::createStringError("cannot change `" + path + "`: " + reason);
}

static std::string lastError() {
  return std::error_code(errno, std::generic_category()).message();
}

static std::string temporaryName(llvm::StringRef target) {
  llvm::SmallString<256> name(llvm::sys::path::parent_path(target));
  llvm::sys::path::append(name, "." + llvm::sys::path::filename(target) +
                                    ".looplint");
  return std::string(name);
}

static bool writeAll(int file, llvm::StringRef bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;
    bytes = bytes.drop_front(static_cast<std::size_t>(written));
  }
  return true;
}

/// Fills the open temporary file; false with `errno` set.
static bool fill(int file, llvm::StringRef bytes, const struct stat &like) {
  if (::ftruncate(file, 0) != 0 || !writeAll(file, bytes))
    return false;
  // Only root may give a file away; who may not is the owner already, or the
  // group stays what the folder says.
  bool isOwned = ::fchown(file, like.st_uid, like.st_gid) == 0;
  if (!isOwned && like.st_uid != ::geteuid())
    return false;
  return ::fchmod(file, like.st_mode & 07777) == 0 && ::fsync(file) == 0;
}

static llvm::Error replaceFile(llvm::StringRef target, llvm::StringRef bytes,
                               const struct stat &like) {
  std::string temporary = temporaryName(target);
  int file = ::open(temporary.c_str(),
                    O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0)
    return failure(target, lastError());
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return failure(target, "another looplint is changing it");
  }
  std::string problem;
  if (!fill(file, bytes, like) ||
      ::rename(temporary.c_str(), target.str().c_str()) != 0) {
    problem = lastError();
    ::unlink(temporary.c_str());
  }
  ::close(file);
  return problem.empty() ? llvm::Error::success() : failure(target, problem);
}

llvm::Error looplint::writeBack(const SourceFile &file,
                                llvm::StringRef original) {
  llvm::StringRef shown = file.path();
  llvm::SmallString<256> target;
  if (std::error_code error = llvm::sys::fs::real_path(file.diskPath(), target))
    return failure(shown, error.message());

  struct stat status{};
  if (::stat(target.c_str(), &status) != 0)
    return failure(shown, lastError());
  if ((status.st_mode & 0222) == 0 || ::access(target.c_str(), W_OK) != 0)
    return failure(shown, "it is read-only");

  auto now = llvm::MemoryBuffer::getFile(target, /*IsText=*/false,
                                         /*RequiresNullTerminator=*/false,
                                         /*IsVolatile=*/true);
  llvm::sys::fs::file_status found;
  if (!now || llvm::sys::fs::status(target, found) ||
      found.getLastModificationTime() != file.modified() ||
      (*now)->getBuffer() != file.bytes())
    return failure(shown, "it has changed since it was read; run again");

  if (isNotebook(shown))
    return replaceFile(target, file.document(), status);
  if (encode(original, file.encoding()) != file.bytes().str())
    return failure(shown, "its encoding `" + file.encoding().name +
                              "` does not bring every byte back");
  std::optional<std::string> bytes = encode(file.text(), file.encoding());
  if (!bytes)
    return failure(shown, "its encoding `" + file.encoding().name +
                              "` cannot express the new text");
  return replaceFile(target, *bytes, status);
}
