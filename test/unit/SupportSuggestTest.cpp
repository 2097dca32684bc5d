//===- SupportSuggestTest.cpp ---------------------------------------------===//

#include "looplint/Support/Suggest.h"

#include "gtest/gtest.h"

using namespace looplint;
using llvm::StringRef;

TEST(Suggest, NearestSpelling) {
  const StringRef keys[] = {"select", "ignore", "exclude", "extend-exclude",
                            "target-version"};
  EXPECT_EQ(nearest("selct", keys), "select");
  EXPECT_EQ(nearest("exlude", keys), "exclude");
  EXPECT_EQ(nearest("target_version", keys), "target-version");
  EXPECT_EQ(nearest("Extend-Excludes", keys), "extend-exclude");
  EXPECT_EQ(nearest("line-length", keys), std::nullopt);
  EXPECT_EQ(nearest("", keys), std::nullopt);
  EXPECT_EQ(nearest("select", {}), std::nullopt);
}

TEST(Suggest, NothingIsLeftOfAShortWord) {
  EXPECT_EQ(nearest("x", {StringRef("y")}), std::nullopt);
  EXPECT_EQ(nearest("on", {StringRef("in"), StringRef("on")}), "on");
}

TEST(Suggest, FirstOfEquallyNear) {
  EXPECT_EQ(nearest("LOOP20l", {StringRef("LOOP201"), StringRef("LOOP202")}),
            "LOOP201");
}
