#define CATCH_CONFIG_MAIN
// Paths, command lines and tables in messages are not to be broken.
#define CATCH_CONFIG_CONSOLE_WIDTH 160
#include <catch2/catch.hpp>
