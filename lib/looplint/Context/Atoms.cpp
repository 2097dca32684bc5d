//===- Atoms.cpp - abstract values ----------------------------------------===//

#include "looplint/Context/Atoms.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Finds the equal entry of an interning table, or adds one.
template <typename IdType, typename Store, typename Key>
static IdType internIn(InternTable<IdType> &index, Store &store,
                       std::uint64_t hash, const Key &key) {
  IdType known = index.find(
      hash, [&](IdType id) { return llvm::equal(store[id.index()], key); });
  if (known)
    return known;
  IdType id(static_cast<std::uint32_t>(store.size()));
  store.emplace_back(key.begin(), key.end());
  index.insert(hash, id);
  return id;
}

template <typename Range> static std::uint64_t hashIds(const Range &ids) {
  std::uint64_t hash = 0x9E37'79B9'7F4A'7C15;
  for (auto id : ids)
    hash = (hash ^ id.raw()) * 0x100'0000'01B3 + (hash >> 29);
  return hash;
}

Atoms::Atoms() {
  set({});                                // emptySet()
  only(Atom{.kind = AtomKind::Anything}); // anything()
  noneSet = only(Atom{.kind = AtomKind::None});
  dataSet = only(Atom{.kind = AtomKind::Data});
  trueSet = only(Atom{.kind = AtomKind::True});
  falseSet = only(Atom{.kind = AtomKind::False});
}

AtomId Atoms::atom(Atom value) {
  if (value.depth > deepestAtom)
    value = Atom{};
  std::uint64_t hash =
      ((std::uint64_t{value.a} << 32) | value.b) * 0x100'0000'01B3 +
      static_cast<unsigned>(value.kind);
  AtomId known = atomIndex.find(
      hash, [&](AtomId id) { return atoms[id.index()] == value; });
  if (known)
    return known;
  AtomId id(static_cast<std::uint32_t>(atoms.size()));
  atoms.push_back(value);
  atomIndex.insert(hash, id);
  return id;
}

SetId Atoms::only(AtomId id) {
  if (singletons.size() <= id.index())
    singletons.resize(atoms.size());
  SetId &known = singletons[id.index()];
  if (!known)
    known = set({id});
  return known;
}

SetId Atoms::set(llvm::SmallVector<AtomId, 8> members) {
  llvm::sort(members);
  members.erase(llvm::unique(members), members.end());
  if (members.size() > largestSet) {
    if (members.front() != AtomId(0))
      members.insert(members.begin(), AtomId(0));
    members.resize(largestSet + 1);
  }
  return internIn(setIndex, sets, hashIds(members), members);
}

/// Of two sets that differ and are not empty.
SetId Atoms::joinOther(SetId left, SetId right) {
  if (isFull(left))
    return left;
  if (isFull(right))
    return right;
  if (members(right).size() == 1 &&
      llvm::is_contained(members(left), members(right).front()))
    return left;
  if (left > right)
    std::swap(left, right);
  std::uint64_t key = (std::uint64_t{left.index()} << 32) | right.index();
  auto [entry, inserted] = joins.try_emplace(key);
  if (inserted) {
    llvm::SmallVector<AtomId, 8> all(members(left));
    llvm::append_range(all, members(right));
    SetId joined = set(std::move(all));
    joins[key] = joined;
    return joined;
  }
  return entry->second;
}

static bool isConstant(AtomKind kind) {
  return kind == AtomKind::Integer || kind == AtomKind::Float ||
         kind == AtomKind::String;
}

SetId Atoms::widened(SetId id) {
  unsigned constants = 0;
  unsigned externals = 0;
  bool hasData = false;
  for (AtomId member : members(id)) {
    AtomKind kind = atoms[member.index()].kind;
    constants += isConstant(kind);
    externals += kind == AtomKind::External;
    hasData |= kind == AtomKind::Data;
  }
  bool dropsExternals =
      externals > mostOfNoUse || (externals && hasData && mayBeAnything(id));
  bool dropsConstants =
      constants > mostOfNoUse || (constants && (hasData || dropsExternals));
  if (!dropsConstants && !dropsExternals)
    return id;

  llvm::SmallVector<AtomId, 8> kept;
  for (AtomId member : members(id)) {
    AtomKind kind = atoms[member.index()].kind;
    bool isDropped = (dropsConstants && isConstant(kind)) ||
                     (dropsExternals && kind == AtomKind::External);
    if (!isDropped)
      kept.push_back(member);
  }
  kept.push_back(members(data()).front());
  if (dropsExternals)
    kept.push_back(members(anything()).front());
  return set(std::move(kept));
}

SetId Atoms::withoutConstants(SetId id) {
  if (constantless.size() <= id.index())
    constantless.resize(sets.size());
  if (SetId known = constantless[id.index()])
    return known;
  llvm::SmallVector<AtomId, 8> kept;
  for (AtomId member : members(id))
    if (!isConstant(atoms[member.index()].kind))
      kept.push_back(member);
  bool isPlain = kept.size() == members(id).size();
  if (!isPlain)
    kept.push_back(members(data()).front());
  SetId plain = isPlain ? id : set(std::move(kept));
  return constantless[id.index()] = plain;
}

bool Atoms::mayBeAnything(SetId id) const {
  llvm::ArrayRef<AtomId> all = members(id);
  return !all.empty() && all.front() == AtomId(0);
}

ArgumentsId Atoms::arguments(const CallArguments &value) {
  std::uint64_t hash = hashIds(value.positional) ^ value.rest.raw();
  for (auto [name, set] : value.keywords)
    hash = hash * 31 + name.raw() * 7 + set.raw();
  ArgumentsId known = argumentIndex.find(
      hash, [&](ArgumentsId id) { return argumentLists[id.index()] == value; });
  if (known)
    return known;
  ArgumentsId id(static_cast<std::uint32_t>(argumentLists.size()));
  argumentLists.push_back(value);
  argumentIndex.insert(hash, id);
  return id;
}

SequenceId Atoms::sequence(llvm::ArrayRef<SetId> value) {
  return internIn(sequenceIndex, sequences, hashIds(value), value);
}

unsigned Atoms::depthAbove(SetId id) const {
  unsigned depth = 0;
  for (AtomId member : members(id))
    depth = std::max(depth, atoms[member.index()].depth + 1U);
  return depth;
}

template <typename T>
static std::uint32_t
indexOf(const T *entity, std::vector<const T *> &table,
        llvm::DenseMap<const void *, std::uint32_t> &index) {
  auto [entry, inserted] =
      index.try_emplace(entity, static_cast<std::uint32_t>(table.size()));
  if (inserted)
    table.push_back(entity);
  return entry->second;
}

std::uint32_t Atoms::index(const ApiFunction *function) {
  return indexOf(function, apiFunctions, apiIndex);
}

std::uint32_t Atoms::index(const ApiType *type) {
  return indexOf(type, apiTypes, apiIndex);
}
