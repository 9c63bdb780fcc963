#include <catch2/catch.hpp>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <unistd.h>

#include "common/child_process.hpp"

using namespace pfind;
using namespace std::string_literals;

namespace {

/// All that a process told, with the kinds.
struct Heard {
  std::vector<std::pair<char, std::string>> messages;
  ChildEnd end;
};

Heard heard(const std::function<void(ChildVoice&)>& work, const ChildLimits& limits = {}) {
  Heard all;
  all.end = run_in_child(
      work, [&](char kind, std::string_view text) { all.messages.emplace_back(kind, text); }, limits);
  return all;
}

[[noreturn]] void wait_for_ever() {
  for (;;) pause();
}

} // namespace

TEST_CASE("a message that is nothing but its kind is heard, also as the last, and of a process within a process") {
  std::string heard_kinds;
  run_in_child(
      [&](ChildVoice& voice) {
        voice.tell('a');
        const ChildEnd inner = run_in_child([](ChildVoice& of_inner) { of_inner.tell('c'); },
                                            [&](char kind, std::string_view) { voice.tell(kind); });
        voice.tell(inner.reason == ChildEnd::Reason::complete ? 'd' : 'e');
      },
      [&](char kind, std::string_view) { heard_kinds += kind; });
  CHECK(heard_kinds == "acd");
}

TEST_CASE("what a process tells arrives whole and in order") {
  const std::string large(3'000'000, 'x');
  const Heard all = heard([&](ChildVoice& voice) {
    voice.tell('a', "one");
    voice.tell('b', large);
    voice.tell('c');
    voice.tell('a', "nul \0 and end of line\n"s);
  });
  CHECK(all.end.reason == ChildEnd::Reason::complete);
  REQUIRE(all.messages.size() == 4);
  CHECK(all.messages[0] == std::pair{'a', "one"s});
  CHECK(all.messages[1].second == large);
  CHECK(all.messages[2] == std::pair{'c', ""s});
  CHECK(all.messages[3].second == "nul \0 and end of line\n"s);
}

TEST_CASE("a process changes nothing in the one that started it") {
  int number = 1;
  CHECK(heard([&](ChildVoice&) { number = 2; }).end.reason == ChildEnd::Reason::complete);
  CHECK(number == 1);
}

TEST_CASE("an exception in a process is told, after what came before it") {
  const Heard all = heard([](ChildVoice& voice) {
    voice.tell('a', "before");
    throw std::runtime_error("the reason");
  });
  CHECK(all.end.reason == ChildEnd::Reason::failed);
  CHECK(all.end.error == "the reason");
  CHECK(all.messages == std::vector<std::pair<char, std::string>>{{'a', "before"}});
}

TEST_CASE("of a process that crashes it is known where, and what it had sent") {
  const Heard all = heard([](ChildVoice& voice) {
    voice.at("first");
    voice.tell('a', "sent");
    voice.flush();
    voice.at("second");
    raise(SIGSEGV);
  });
  CHECK(all.end.reason == ChildEnd::Reason::crashed);
  CHECK(all.end.error == strsignal(SIGSEGV));
  CHECK(all.end.place == "second");
  CHECK(all.messages == std::vector<std::pair<char, std::string>>{{'a', "sent"}});
}

TEST_CASE("a long place is cut") {
  const Heard all = heard([](ChildVoice& voice) { voice.at(std::string(1000, 'x')); });
  CHECK(all.end.place == std::string(255, 'x'));
}

TEST_CASE("a process that does not move is killed when patience ends") {
  const Heard all = heard(
      [](ChildVoice& voice) {
        voice.at("here");
        wait_for_ever();
      },
      {.patience = std::chrono::seconds(0)});
  CHECK(all.end.reason == ChildEnd::Reason::stuck);
}

TEST_CASE("a process ends when that is asked for") {
  std::stop_source stop;
  stop.request_stop();
  CHECK(heard([](ChildVoice&) { wait_for_ever(); }, {.stop = stop.get_token()}).end.reason ==
        ChildEnd::Reason::stopped);
}

TEST_CASE("a process that leaves by itself has not come to its end") {
  CHECK(heard([](ChildVoice&) { _exit(3); }).end.reason == ChildEnd::Reason::failed);
}
