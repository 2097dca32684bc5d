//===- SourceDiscoveryTest.cpp --------------------------------------------===//

#include "looplint/Source/Discovery.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

#include <cstdlib>
#include <set>
#include <string>
#include <unistd.h>
#include <vector>

using namespace looplint;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {
/// A folder for each test, with the files that the test makes in it.
class Discovery : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(fs::createUniqueDirectory("looplint-discovery", root));
    ASSERT_FALSE(fs::real_path(root, root));
    // Nothing of the user who runs the test.
    setenv("HOME", (root + "/home").str().c_str(), /*overwrite=*/1);
    unsetenv("XDG_CONFIG_HOME");
    options.workingDirectory = at("work");
    write("work/.keep");
  }

  void TearDown() override { fs::remove_directories(root); }

  std::string at(StringRef relative) const {
    return (root + "/" + relative).str();
  }

  void write(StringRef relative, StringRef contents = "") const {
    const std::string file = at(relative);
    ASSERT_FALSE(fs::create_directories(path::parent_path(file)));
    std::error_code error;
    llvm::raw_fd_ostream(file, error) << contents;
    ASSERT_FALSE(error);
  }

  void link(StringRef to, StringRef from) const {
    ASSERT_FALSE(fs::create_link(to, at(from)));
  }

  void makeRepository(StringRef folder) const {
    write((folder + "/.git/HEAD").str(), "ref: refs/heads/main\n");
  }

  /// The paths found, with a space between them; ` !` behind what cannot be
  /// read. Or the error.
  std::string find(const std::vector<std::string> &paths) const {
    llvm::Expected<DiscoveryResult> result = discover(paths, options);
    if (!result)
      return "error: " + llvm::toString(result.takeError());
    std::vector<std::string> shown;
    for (const FoundFile &file : result->files)
      shown.push_back(file.path + (file.unreadable ? " !" : ""));
    return llvm::join(shown, " ");
  }

  llvm::SmallString<128> root;
  DiscoveryOptions options;
};
} // namespace

TEST_F(Discovery, PythonFilesOfAFolder) {
  for (StringRef file : {"b.py", "a.py", "a.pyi", "a.txt", "py", "c/d/e.py",
                         ".hidden.py", "c.py/f.py"})
    write(("work/" + file).str());
  EXPECT_EQ(find({"."}), ".hidden.py a.py b.py c.py/f.py c/d/e.py");
}

TEST_F(Discovery, NothingToFind) {
  EXPECT_EQ(find({"."}), "");
  EXPECT_EQ(find({}), "");
}

TEST_F(Discovery, OrderAndRepetitionDoNotMatter) {
  write("work/a.py");
  write("work/b/c.py");
  EXPECT_EQ(find({"b", "a.py"}), "a.py b/c.py");
  EXPECT_EQ(find({"./a.py", "b/../a.py", "b/", at("work/a.py"), "b/c.py", "."}),
            "a.py b/c.py");
}

TEST_F(Discovery, GivenFilesAreTakenAsTheyAre) {
  makeRepository("work");
  write("work/.gitignore", "*\n");
  write("work/script");
  write("work/venv/a.py");
  EXPECT_EQ(find({"script", "venv/a.py"}), "script venv/a.py");
  EXPECT_EQ(find({"."}), "");
}

TEST_F(Discovery, PathsOutsideTheWorkingDirectory) {
  write("work/a.py");
  write("work2/b.py");
  write("c.py");
  EXPECT_EQ(find({"..", "../work2"}),
            at("c.py") + " " + at("work2/b.py") + " a.py");
}

TEST_F(Discovery, MissingPaths) {
  write("work/a.py");
  EXPECT_EQ(find({"a.py", "no", "a.py/b"}),
            "error: `no` does not exist\n`a.py/b` does not exist");
}

TEST_F(Discovery, DefaultExcludes) {
  for (StringRef folder : {".git", ".venv", "venv", "node_modules", ".tox",
                           "dist", "_build", "site-packages", "src"})
    write(("work/" + folder + "/a.py").str());
  EXPECT_EQ(find({"."}), "src/a.py");
  EXPECT_EQ(find({"venv"}), "venv/a.py");
}

TEST_F(Discovery, ExcludesOfTheUser) {
  for (StringRef file : {"a.py", "venv/a.py", "gen/a.py", "sub/gen/b.py",
                         "tests/data/c.py", "tests/c.py"})
    write(("work/" + file).str());
  options.extendExclude = {"gen", "./tests/data"};
  EXPECT_EQ(find({"."}), "a.py tests/c.py");
  options.exclude = {{"a.py"}};
  EXPECT_EQ(find({"."}), "tests/c.py");
  // Relative to the configuration, wherever the run begins.
  options.excludeRoot = at("work");
  options.workingDirectory = at("work/tests");
  EXPECT_EQ(find({"."}), "c.py");
}

TEST_F(Discovery, GitignoreFromTheTopOfTheRepository) {
  makeRepository("work");
  write("work/.gitignore", "/sub/a.py\nb.py\n");
  write("work/sub/.gitignore", "!b.py\nc.py\n");
  write("work/.git/info/exclude", "d.py\n");
  write("home/.config/git/ignore", "e.py\n");
  for (StringRef file : {"a.py", "b.py", "c.py", "d.py", "e.py", "sub/a.py",
                         "sub/b.py", "sub/c.py", "sub/d.py"})
    write(("work/" + file).str());
  EXPECT_EQ(find({"."}), "a.py c.py sub/b.py");
  EXPECT_EQ(find({"sub"}), "sub/b.py");
  options.workingDirectory = at("work/sub");
  EXPECT_EQ(find({"."}), "b.py");
  options.respectGitignore = false;
  EXPECT_EQ(find({"."}), "a.py b.py c.py d.py");
}

TEST_F(Discovery, GitignoreEndsAtARepository) {
  makeRepository("work");
  makeRepository("work/inner");
  write("work/.gitignore", "a.py\n");
  write("work/inner/.gitignore", "b.py\n");
  for (StringRef file : {"a.py", "b.py", "inner/a.py", "inner/b.py"})
    write(("work/" + file).str());
  EXPECT_EQ(find({"."}), "b.py inner/a.py");
  EXPECT_EQ(find({"inner"}), "inner/a.py");
}

TEST_F(Discovery, GitignoreOfAWorktree) {
  makeRepository("main");
  write("main/.git/info/exclude", "a.py\n");
  write("main/.git/worktrees/w/HEAD", "ref: refs/heads/w\n");
  write("main/.git/worktrees/w/commondir", "../..\n");
  write("work/.git", "gitdir: ../main/.git/worktrees/w\n");
  write("work/a.py");
  write("work/b.py");
  EXPECT_EQ(find({"."}), "b.py");
}

TEST_F(Discovery, UserIgnoresNamedByAnyConfiguration) {
  makeRepository("work");
  write("home/.gitconfig", "[CORE]\n  excludesFile = \"~/my ignore\" # mine\n");
  write("home/my ignore", "a.py\n");
  write("work/a.py");
  write("work/b.py");
  EXPECT_EQ(find({"."}), "b.py");
  write("other", "b.py\n");
  write("work/.git/config",
        "[core] bare = false\n[core]\n\texcludesfile=" + at("other") + "\n");
  EXPECT_EQ(find({"."}), "a.py");
}

TEST_F(Discovery, LinkLoopsEnd) {
  write("work/a/b.py");
  link("..", "work/a/up");
  link("self", "work/self");
  link("loop.py", "work/loop.py");
  EXPECT_EQ(find({"."}), "a/b.py loop.py !");
}

TEST_F(Discovery, LinksToOneFileAreOneFile) {
  write("work/m.py");
  link("m.py", "work/a.py");
  link("../m.py", "work/z.py");
  write("outside.py");
  link("../outside.py", "work/x.py");
  link("../outside.py", "work/y.py");
  link("nowhere", "work/.#m.py");
  EXPECT_EQ(find({"."}), "m.py x.py z.py !");
  EXPECT_EQ(find({"a.py"}), "a.py");
}

TEST_F(Discovery, GivenLinksAreFollowed) {
  write("real/sub/a.py");
  link("../real", "work/link");
  EXPECT_EQ(find({"."}), "");
  EXPECT_EQ(find({"link"}), "link/sub/a.py");
  EXPECT_EQ(find({"link", "../real"}), at("real/sub/a.py"));
}

TEST_F(Discovery, NoPipesOnAWalk) {
  ASSERT_EQ(mkfifo(at("work/pipe.py").c_str(), 0600), 0);
  EXPECT_EQ(find({"."}), "");
}

TEST_F(Discovery, UnreadableFolders) {
  if (geteuid() == 0)
    GTEST_SKIP() << "everything is readable to root";
  write("work/a.py");
  write("work/secret/b.py");
  ASSERT_FALSE(fs::setPermissions(at("work/secret"), fs::no_perms));
  EXPECT_EQ(find({"."}), "a.py secret !");
  EXPECT_EQ(find({"secret/b.py"}), "secret/b.py !");
  ASSERT_FALSE(fs::setPermissions(at("work/secret"), fs::all_perms));
}

// Compares with what Git said about the trees that
// test/Source/Inputs/make_ignore_trees.py made. That test names the folder.
TEST(DiscoveryOfTrees, AgreesWithGit) {
  const char *root = std::getenv("LOOPLINT_IGNORE_TREES");
  if (!root)
    GTEST_SKIP() << "run by test/Source/gitignore.test";

  setenv("HOME", (root + std::string("/home")).c_str(), /*overwrite=*/1);
  unsetenv("XDG_CONFIG_HOME");
  unsigned repositories = 0;
  for (;; ++repositories) {
    DiscoveryOptions options;
    options.workingDirectory =
        root + std::string("/repository-") + std::to_string(repositories);
    options.exclude = {{".git"}};
    auto expected =
        llvm::MemoryBuffer::getFile(options.workingDirectory + ".expected");
    if (!expected)
      break;

    llvm::Expected<DiscoveryResult> result = discover({"."}, options);
    ASSERT_TRUE(static_cast<bool>(result));
    std::set<StringRef> found;
    for (const FoundFile &file : result->files)
      found.insert(file.path);
    llvm::SmallVector<StringRef> lines;
    (*expected)->getBuffer().split(lines, '\n', /*MaxSplit=*/-1,
                                   /*KeepEmpty=*/false);
    for (StringRef line : lines)
      EXPECT_TRUE(found.erase(line)) << line.str() << " is not ignored";
    for (StringRef line : found)
      ADD_FAILURE() << line.str() << " is ignored";
  }
  EXPECT_GT(repositories, 0u);
}
