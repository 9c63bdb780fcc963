// Part of every program that is built with sanitizers.

/// What AddressSanitizer asks for. Xapian's check of a table deletes an object of its own as one of its base class.
extern "C" const char* __asan_default_options(); // NOLINT(bugprone-reserved-identifier): the name it looks for
extern "C" const char* __asan_default_options() { return "new_delete_type_mismatch=0"; }

/// What ThreadSanitizer asks for. A process that is forked while another thread has ended and is not waited for yet
/// counts that thread among its own, and as never waited for.
extern "C" const char* __tsan_default_options(); // NOLINT(bugprone-reserved-identifier): likewise
extern "C" const char* __tsan_default_options() { return "report_thread_leaks=0"; }
