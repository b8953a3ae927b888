/* chat_remote_text_test.c — what happens, as a broker's messages. */
#include "services/chat/chat_remote_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TEST(what, test)                                                       \
	{                                                                      \
		.name = what, .test_func = test                                \
	}

static void
assert_span(struct span span, const char *text)
{
	assert_int_equal(span.len, strlen(text));
	if (span.len != 0)
		assert_memory_equal(span.data, text, span.len);
}

static const struct {
	enum chat_event_kind kind;
	bool is_moving;
	const char *text, *to, *line, *about;
} samples[] = {
    {CHAT_EVENT_SAY, false, "hello", "", "<anna> hello", "h say 7 anna"},
    {CHAT_EVENT_SAY, false, "> <x> ", "", "<anna> > <x> ", "h say 7 anna"},
    {CHAT_EVENT_ME, false, "waves", "", "* anna waves", "h me 7 anna"},
    {CHAT_EVENT_JOIN, false, "", "", "* anna has joined", "h join 7 anna"},
    {CHAT_EVENT_LEAVE, false, "", "", "* anna has left", "h leave 7 anna"},
    {CHAT_EVENT_LEAVE, false, "why: so", "", "* anna has left: why: so",
        "h leave 7 anna"},
    {CHAT_EVENT_LEAVE, true, "", "", "* anna has left", "h move 7 anna"},
    {CHAT_EVENT_NICK, false, "anni", "", "* anna is now anni", "h nick 7 anna"},
    {CHAT_EVENT_DIRECT, false, "a b", "bert", "<anna> bert a b",
        "h direct 7 anna"},
};

static void
is_read_as_it_was_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		uint8_t line[CHAT_REMOTE_TEXT_MAX],
		    about[CHAT_REMOTE_ABOUT_MAX];
		struct chat_event event = {
		    .kind = samples[i].kind,
		    .name = span_of("anna"),
		    .text = span_of(samples[i].text),
		    .to = span_of(samples[i].to),
		    .is_moving = samples[i].is_moving,
		};
		struct chat_remote_about read;
		size_t line_len = chat_remote_text_line(
		    &event, (struct space){line, sizeof(line)});
		size_t about_len = chat_remote_text_about(&event, span_of("h"),
		    7, (struct space){about, sizeof(about)});

		assert_span((struct span){line, line_len}, samples[i].line);
		assert_span((struct span){about, about_len}, samples[i].about);
		assert_true(chat_remote_text_read_about(
		    (struct span){about, about_len}, &read));
		assert_span(read.node, "h");
		assert_span(read.name, "anna");
		assert_int_equal(read.id, 7);
		assert_int_equal(read.kind, samples[i].kind);
		assert_int_equal(read.is_moving, samples[i].is_moving);
		event.text = event.to = (struct span){0};
		assert_true(chat_remote_text_read_line(
		    (struct span){line, line_len}, &event));
		assert_span(event.text, samples[i].text);
		assert_span(event.to, samples[i].to);
	}
}

static void
what_is_no_property_is_none(void **state)
{
	static const char *const wrong[] = {"", "h", "h say", "h say 7",
	    "h say x anna", "h sing 7 anna", "h say 4294967296 anna",
	    "h say 99999999999999999999999 anna", " say 7 anna",
	    "h/x say 7 anna", "h say -7 anna",
	    ("0123456789012345678901234567890123456789012345678901234567890123"
	     " say 7 anna")};
	struct chat_remote_about about;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(
		    chat_remote_text_read_about(span_of(wrong[i]), &about));
}

static void
what_does_not_fit_its_property_is_nothing(void **state)
{
	static const char *const wrong[] = {
	    "", "<anna>", "<anna>hello", "<bert> hello", "* anna waves"};
	struct chat_event event = {
	    .kind = CHAT_EVENT_SAY, .name = span_of("anna")};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(
		    chat_remote_text_read_line(span_of(wrong[i]), &event));
	event.kind = CHAT_EVENT_LEAVE;
	assert_false(chat_remote_text_read_line(
	    span_of("* anna has lefthanded scissors"), &event));
}

static void
too_long_is_not_written(void **state)
{
	uint8_t out[8], text[2000] = {0};
	const struct chat_event event = {
	    .kind = CHAT_EVENT_SAY,
	    .name = span_of("anna"),
	    .text = {text, sizeof(text)},
	};

	(void)state;
	assert_int_equal(
	    chat_remote_text_line(&event, (struct space){out, sizeof(out)}), 0);
	assert_int_equal(chat_remote_text_about(&event, span_of("host"), 7,
	                     (struct space){out, sizeof(out)}),
	    0);
}

static void
guests_write_lines(void **state)
{
	static const struct {
		const char *line, *name, *text;
		enum chat_event_kind kind;
	} lines[] = {
	    {"<carl> hi", "carl", "hi", CHAT_EVENT_SAY},
	    {"<carl>hi", "carl", "hi", CHAT_EVENT_SAY},
	    {"* carl waves", "carl", "waves", CHAT_EVENT_ME},
	    {"* carl", "carl", "", CHAT_EVENT_ME},
	    {"hi", "", "hi", CHAT_EVENT_SAY},
	    {"<carl", "", "<carl", CHAT_EVENT_SAY},
	    {"<", "", "<", CHAT_EVENT_SAY},
	    {"", "", "", CHAT_EVENT_SAY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct chat_event event;

		chat_remote_text_read_guest(span_of(lines[i].line), &event);
		assert_int_equal(event.kind, lines[i].kind);
		assert_span(event.name, lines[i].name);
		assert_span(event.text, lines[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a message is read as it was written",
	        is_read_as_it_was_written),
	    TEST("what is no property is none", what_is_no_property_is_none),
	    TEST("what does not fit its property is nothing",
	        what_does_not_fit_its_property_is_nothing),
	    TEST("what is too long is not written", too_long_is_not_written),
	    TEST("guests write lines", guests_write_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
