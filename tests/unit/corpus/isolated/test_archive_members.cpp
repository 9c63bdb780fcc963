#include <catch2/catch.hpp>

#include "common/error.hpp"
#include "corpus/isolated/archive_members.hpp"
#include "corpus/reader/byte_stream.hpp"
#include "tests/support/archive_file.hpp"
#include "tests/support/temp_dir.hpp"

using namespace pfind::corpus;
using namespace pfind::tests;

namespace {

/// Everything told of an archive, a line each.
std::string told(ByteStream& stream) {
  std::string all;
  MemberEvents events;
  events.begin = [&](std::string_view name) { all += std::string(name) + ": "; };
  events.data = [&](std::string_view bytes) { all += bytes; };
  events.end = [&] { all += '\n'; };
  events.error = [&](std::string_view reason) { all += "error " + std::string(reason) + '\n'; };
  events.skipped = [&](const std::vector<std::string>& names, std::string_view reason) {
    for (const std::string& name : names) all += name + ' ';
    all += "skipped: " + std::string(reason) + '\n';
  };
  try {
    for_each_member(stream, events);
  } catch (const pfind::ReadError& error) {
    all += "broken: " + std::string(error.what()) + '\n';
  }
  return all;
}

std::string told(std::string_view bytes) {
  MemoryStream stream(bytes);
  return told(stream);
}

const std::vector<Member> k_two{{"a.txt", "one"}, {"folder/b.txt", "two"}};

} // namespace

TEST_CASE("members of every kind of archive, from a stream and from a file") {
  const TempDir dir;
  for (const Packing& packing :
       {k_zip, k_tar, k_7z, Packing{ARCHIVE_FORMAT_TAR_USTAR}, Packing{ARCHIVE_FORMAT_TAR_GNUTAR}}) {
    CAPTURE(packing.format);
    const std::string bytes = archive_of(k_two, packing);
    CHECK(told(bytes) == "a.txt: one\nfolder/b.txt: two\n");
    CHECK(told(*open_stored(dir.write("archive", bytes))) == "a.txt: one\nfolder/b.txt: two\n");
  }
}

TEST_CASE("folders, links, devices and junk are passed over in silence") {
  const std::string bytes = archive_of({{"folder/", "", AE_IFDIR},
                                        {"link.txt", "", AE_IFLNK, "/etc/passwd"},
                                        {"device", "", AE_IFCHR},
                                        {"pipe", "", AE_IFIFO},
                                        {".hidden/a.txt", "x"},
                                        {"__MACOSX/._a.txt", "x"},
                                        {"folder/.DS_Store", "x"},
                                        {"folder\\Thumbs.db", "x"},
                                        {"./a.txt", "text"}},
                                       k_tar);
  CHECK(told(bytes) == "./a.txt: text\n");
}

TEST_CASE("encrypted members are told in one line") {
  const std::vector<Member> members{{"a", "text"}, {"b", "text"}, {"c", "text"}, {"d", "text"}};
  CHECK(told(archive_of(members, {.format = ARCHIVE_FORMAT_ZIP, .password = "secret"})) ==
        "a b c skipped: encrypted and 1 more; unpack the archive with its password and index the folder\n");
}

TEST_CASE("what comes before damage is told") {
  std::string bytes = archive_of({{"a.txt", "one"}, {"b.txt", std::string(5000, 'x')}}, k_tar);
  bytes.resize(3000);
  const std::string all = told(bytes);
  CAPTURE(all);
  CHECK(all.starts_with("a.txt: one\nb.txt: xxx"));
  CHECK(all.find("broken: the archive is damaged or cut short (") != std::string::npos);
  CHECK(told("PK\3\4 and nothing else").starts_with("broken: the archive is damaged"));
}

TEST_CASE("a member that cannot be unpacked does not hide the others") {
  std::string numbers;
  for (int i = 0; i < 3000; ++i) numbers += std::to_string(i * 7919 % 100'003);
  std::string bytes = archive_of({{"a.txt", numbers}, {"b.txt", "two"}}, k_zip);
  const std::size_t content = bytes.find("PK\3\4", 4) / 2;
  bytes[content] = static_cast<char>(bytes[content] ^ 0x55);
  const std::string all = told(bytes);
  CAPTURE(all);
  CHECK(all.find("error cannot be unpacked (") != std::string::npos);
  CHECK(all.find("b.txt: two\n") != std::string::npos);
}
