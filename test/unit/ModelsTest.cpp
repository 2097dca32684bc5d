//===- ModelsTest.cpp - look-ups in models and how they are merged --------===//

#include "looplint/Models/Models.h"

#include "looplint/Models/Glob.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FormatVariadic.h"

#include <gtest/gtest.h>

using namespace looplint;

namespace {

constexpr llvm::StringLiteral header =
    "[library]\nname = \"test\"\nlanguage = \"python\"\n";

/// Adds what \p text says of a library of its own.
void add(ModelSet &models, llvm::StringRef text,
         llvm::StringRef origin = "test.toml") {
  const std::string file = (header + text).str();
  llvm::Error error = models.add({file, "test.toml"}, origin);
  const bool failed = static_cast<bool>(error);
  EXPECT_FALSE(failed) << llvm::toString(std::move(error));
}

ModelSet read(llvm::StringRef text) {
  ModelSet models;
  add(models, text);
  return models;
}

} // namespace

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

TEST(Models, TheLongestAliasWins) {
  const ModelSet models = read("[aliases]\n"
                               "\"a.b\" = \"x\"\n"
                               "\"a.b.c\" = \"y\"\n"
                               "\"a.b.c.Old\" = \"y.New\"\n");
  EXPECT_EQ(models.canonical("a.b.f"), "x.f");
  EXPECT_EQ(models.canonical("a.b.c.f.g"), "y.f.g");
  EXPECT_EQ(models.canonical("a.b.c.Old.method"), "y.New.method");
  EXPECT_EQ(models.canonical("a.b"), "x");
  EXPECT_EQ(models.canonical("a.bc"), "a.bc");
  EXPECT_EQ(models.canonical("a"), "a");
  EXPECT_EQ(models.canonical(""), "");
}

TEST(Models, AliasesOfAliasesAreFollowedAndCyclesEnd) {
  const ModelSet models = read("[aliases]\n"
                               "\"a.one\" = \"b.two\"\n"
                               "\"b\" = \"c\"\n"
                               "\"up.x\" = \"down.x\"\n"
                               "\"down\" = \"up\"\n");
  EXPECT_EQ(models.canonical("a.one.f"), "c.two.f");
  EXPECT_FALSE(models.canonical("up.x").empty());
}

TEST(Models, ANameWithoutAliasIsNotCopied) {
  const ModelSet models = read("[aliases]\n\"a.old\" = \"a.new\"\n");
  llvm::SmallString<16> storage;
  const llvm::StringRef name = "a.other.f";
  EXPECT_EQ(models.canonical(name, storage).data(), name.data());
  EXPECT_EQ(models.canonical("a.old.f", storage), "a.new.f");
  EXPECT_EQ(storage, "a.new.f");
}

TEST(Models, ModulesAreKnownByWhatIsBelowThem) {
  const ModelSet models = read("[functions.\"a.b.f\"]\n"
                               "[types.\"c.d.T\".methods]\nm = {}\n"
                               "[objects]\n\"e.o\" = \"c.d.T\"\n"
                               "[aliases]\n\"g.h\" = \"a.b\"\n");
  for (llvm::StringRef module : {"a", "a.b", "c", "c.d", "e", "g", "g.h"})
    EXPECT_TRUE(models.knowsModule(module)) << module.str();
  for (llvm::StringRef module : {"", "a.b.f", "c.d.T", "h", "a.", "b"})
    EXPECT_FALSE(models.knowsModule(module)) << module.str();
}

TEST(Models, WordsAreFirstPartsOfWhatStartsSomething) {
  const ModelSet models =
      read("[functions.\"loud.run\"]\nrun_loop = { loop = \"fresh\" }\n"
           "[functions.\"quiet.sleep\"]\nblocks = { category = \"sleep\" }\n"
           "[aliases]\n\"louder\" = \"loud\"\n\"quieter\" = \"quiet\"\n"
           "[[entries]]\nimports = \"script.kit\"\nfunction = \"f\"\n"
           "on = \"main\"\n");
  EXPECT_EQ(models.triggerWords().vec(),
            (std::vector<std::string>{"loud", "louder", "script"}));
}

TEST(Models, AFileMayNameItsWords) {
  const std::string file = "[library]\nname = \"t\"\nlanguage = \"python\"\n"
                           "words = [\"run_forever\"]\n"
                           "[functions.\"os.run_forever\"]\n"
                           "run_loop = { loop = \"fresh\" }\n";
  ModelSet models;
  ASSERT_FALSE(models.add({file, "t"}, "t"));
  EXPECT_EQ(models.triggerWords().vec(),
            (std::vector<std::string>{"run_forever"}));
}

TEST(Models, StarsOfGlobsMatchAnyRun) {
  EXPECT_TRUE(matchesGlob("on_message", "on_*"));
  EXPECT_TRUE(matchesGlob("on_", "on_*"));
  EXPECT_TRUE(matchesGlob("abcabd", "a*b*d"));
  EXPECT_TRUE(matchesGlob("", "*"));
  EXPECT_TRUE(matchesGlob("same", "same"));
  EXPECT_FALSE(matchesGlob("same", "sam"));
  EXPECT_FALSE(matchesGlob("on", "on_*"));
  EXPECT_FALSE(matchesGlob("ab", "a*b*b"));
  EXPECT_FALSE(matchesGlob("a", "a*a"));
}

//===----------------------------------------------------------------------===//
// Members
//===----------------------------------------------------------------------===//

TEST(Models, MembersAreSearchedInPythonsOrder) {
  const ModelSet models = read("[types.\"t.Root\".methods]\n"
                               "m = { since = \"1.0\" }\n"
                               "only = {}\n"
                               "[types.\"t.Root\".attributes]\n"
                               "loop = { loop = \"own\" }\n"
                               "[types.\"t.Left\"]\nbases = [\"t.Root\"]\n"
                               "[types.\"t.Right\"]\nbases = [\"t.Root\"]\n"
                               "[types.\"t.Right\".methods]\n"
                               "m = { since = \"2.0\" }\n"
                               "[types.\"t.Both\"]\n"
                               "bases = [\"t.Left\", \"t.Right\"]\n");
  // Root comes after Right, although Left leads to it first.
  ASSERT_TRUE(models.method("t.Both", "m"));
  EXPECT_EQ(models.method("t.Both", "m")->name, "t.Right.m");
  EXPECT_EQ(models.method("t.Left", "m")->name, "t.Root.m");
  EXPECT_EQ(models.method("t.Both", "only")->name, "t.Root.only");
  EXPECT_FALSE(models.method("t.Both", "missing"));
  EXPECT_FALSE(models.method("t.Nobody", "m"));
  ASSERT_TRUE(models.attribute("t.Both", "loop"));
  EXPECT_EQ(models.attribute("t.Both", "loop")->loop.kind, Reference::OwnLoop);
}

TEST(Models, CyclicAndUnknownBasesEnd) {
  const ModelSet models = read("[types.\"t.A\"]\nbases = [\"t.B\"]\n"
                               "[types.\"t.B\"]\n"
                               "bases = [\"elsewhere.C\", \"t.A\", \"t.B\"]\n");
  EXPECT_FALSE(models.method("t.A", "m"));
  EXPECT_TRUE(models.derivesFrom("t.A", "t.B"));
  EXPECT_TRUE(models.derivesFrom("t.B", "t.A"));
  EXPECT_TRUE(models.derivesFrom("t.A", "elsewhere.C"));
  EXPECT_TRUE(models.derivesFrom("unknown", "unknown"));
  EXPECT_FALSE(models.derivesFrom("t.A", "elsewhere.D"));
  EXPECT_FALSE(models.derivesFrom("elsewhere.C", "t.A"));
}

TEST(Models, ALongChainOfBasesIsWalkedWithoutRecursion) {
  constexpr unsigned length = 50'000;
  std::string text;
  for (unsigned index = 0; index < length; ++index)
    text += llvm::formatv("[types.\"t.T{0}\"]\nbases = [\"t.T{1}\"]\n", index,
                          index + 1);
  const ModelSet models = read(text);
  EXPECT_TRUE(models.derivesFrom("t.T0", "t.T50000"));
}

TEST(Models, HooksByNameComeBeforePatterns) {
  const ModelSet models = read("[types.\"t.Base\".entries]\n"
                               "\"on_*\" = { on = \"worker\" }\n"
                               "on_start = { on = \"main\" }\n"
                               "[types.\"t.Derived\"]\nbases = [\"t.Base\"]\n");
  ASSERT_TRUE(models.hook("t.Derived", "on_start"));
  EXPECT_EQ(models.hook("t.Derived", "on_start")->on, Place::Main);
  ASSERT_TRUE(models.hook("t.Derived", "on_other"));
  EXPECT_EQ(models.hook("t.Derived", "on_other")->on, Place::Worker);
  EXPECT_FALSE(models.hook("t.Derived", "start"));
}

TEST(Models, AFunctionBelowATypeIsAStaticMethod) {
  const ModelSet models = read("[functions.\"t.Loop.current\"]\n"
                               "[types.\"t.Loop\"]\nloop = true\n"
                               "[types.\"t.Derived\"]\nbases = [\"t.Loop\"]\n");
  ASSERT_TRUE(models.function("t.Loop.current"));
  ASSERT_TRUE(models.method("t.Derived", "current"));
  EXPECT_TRUE(models.method("t.Derived", "current")->isStatic);
}

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

TEST(Models, ALaterFileRefinesATypeAMemberAtATime) {
  ModelSet models = read("[types.\"t.T\"]\n"
                         "bases = [\"t.Base\"]\n"
                         "parameters = [\"loop\"]\nstores = [\"loop\"]\n"
                         "loop = true\n"
                         "[types.\"t.T\".methods]\n"
                         "kept = { since = \"1.0\" }\n"
                         "replaced = { since = \"1.0\", removed = \"2.0\" }\n"
                         "[types.\"t.T\".attributes]\n"
                         "held = \"t.Other\"\n"
                         "[types.\"t.T\".entries]\n"
                         "run = { on = \"worker\" }\n"
                         "stop = { on = \"worker\" }\n");
  add(models, "[types.\"t.T\".methods]\n"
              "replaced = { since = \"3.0\" }\n"
              "added = {}\n"
              "[types.\"t.T\".entries]\n"
              "run = { on = \"main\" }\n");
  const ApiType *type = models.type("t.T");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->bases, std::vector<std::string>{"t.Base"});
  EXPECT_EQ(type->stores, std::vector<std::string>{"loop"});
  EXPECT_EQ(type->constructor.parameters.size(), 1u);
  EXPECT_TRUE(type->isLoop);
  EXPECT_EQ(models.method("t.T", "kept")->since, 100);
  EXPECT_EQ(models.method("t.T", "replaced")->since, 300);
  EXPECT_EQ(models.method("t.T", "replaced")->removed, 0);
  EXPECT_TRUE(models.method("t.T", "added"));
  EXPECT_TRUE(models.attribute("t.T", "held"));
  EXPECT_EQ(models.hook("t.T", "run")->on, Place::Main);
  EXPECT_EQ(models.hook("t.T", "stop")->on, Place::Worker);
}

TEST(Models, ALaterFileReplacesWhatItGives) {
  ModelSet models = read("[functions.\"t.f\"]\n"
                         "parameters = [\"a\"]\ncoroutine = true\n"
                         "[types.\"t.T\"]\n"
                         "bases = [\"t.Base\"]\nparameters = [\"a\"]\n"
                         "loop = true\n"
                         "[objects]\n\"t.o\" = \"t.T\"\n");
  add(models, "[functions.\"t.f\"]\nparameters = [\"b\"]\n"
              "[types.\"t.T\"]\n"
              "bases = []\nparameters = [\"b\"]\nloop = false\n"
              "[objects]\n\"t.o\" = \"t.Base\"\n");
  EXPECT_EQ(models.function("t.f")->parameters[0].name, "b");
  EXPECT_FALSE(models.function("t.f")->isCoroutine);
  EXPECT_TRUE(models.type("t.T")->bases.empty());
  EXPECT_EQ(models.type("t.T")->constructor.parameters[0].name, "b");
  EXPECT_TRUE(models.loopTypes().empty());
  EXPECT_EQ(models.object("t.o")->type, "t.Base");
}

TEST(Models, FilesOfOneLibraryAreListedAsOne) {
  ModelSet models = read("[functions.\"t.f\"]\n");
  add(models, "[types.\"t.T\".methods]\nm = {}\n");
  add(models, "[functions.\"t.g\"]\n", "ours.toml");
  ASSERT_EQ(models.libraries().size(), 2u);
  EXPECT_EQ(models.libraries()[0].functions, 2u);
  EXPECT_EQ(models.libraries()[0].types, 1u);
  EXPECT_EQ(models.libraries()[1].origin, "ours.toml");
  EXPECT_EQ(models.function("t.g")->library, 1u);
}

TEST(Models, AFileWithAMistakeAddsNothing) {
  ModelSet models;
  const std::string file =
      (header + "[functions.\"t.f\"]\n[functions.\"t.g\"]\nbloks = true\n")
          .str();
  llvm::Error error = models.add({file, "t.toml"}, "t.toml");
  EXPECT_TRUE(static_cast<bool>(error));
  llvm::consumeError(std::move(error));
  EXPECT_FALSE(models.function("t.f"));
  EXPECT_TRUE(models.libraries().empty());
}

TEST(Models, TypesMayBeSpeltByTheirAliases) {
  const ModelSet models = read("[aliases]\n\"t.old\" = \"t\"\n"
                               "[types.\"t.Base\"]\n"
                               "[types.\"t.T\"]\nbases = [\"t.old.Base\"]\n"
                               "[functions.\"t.f\"]\n"
                               "returns = \"t.old.T\"\n");
  EXPECT_TRUE(models.derivesFrom("t.T", "t.Base"));
  EXPECT_EQ(models.function("t.f")->returned.type, "t.T");
}
