/* chat_command_test.c — what a line asks for. */
#include "services/chat/chat_command.h"

#include "chat_fixture.h"

static void
expect(const char *line, enum chat_command_kind kind, const char *word,
    const char *text)
{
	struct chat_command command = chat_command_read(SPAN(line));

	assert_int_equal(command.kind, kind);
	assert_int_equal(command.word.len, strlen(word));
	if (command.word.len > 0)
		assert_memory_equal(command.word.data, word, command.word.len);
	assert_int_equal(command.text.len, strlen(text));
	if (command.text.len > 0)
		assert_memory_equal(command.text.data, text, command.text.len);
}

static void
text(void **state)
{
	(void)state;
	expect("hello all ", CHAT_COMMAND_SAY, "", "hello all ");
	expect(" /me too", CHAT_COMMAND_SAY, "", " /me too");
	expect("//who", CHAT_COMMAND_SAY, "", "/who");
	expect("///", CHAT_COMMAND_SAY, "", "//");
	expect("[e] no", CHAT_COMMAND_SAY, "", "[e] no");
	expect("", CHAT_COMMAND_NOTHING, "", "");
	expect(" \t", CHAT_COMMAND_NOTHING, "", " \t");
}

static void
farewells(void **state)
{
	(void)state;
	expect("[e]", CHAT_COMMAND_QUIT, "", "");
	expect(" [e]\t", CHAT_COMMAND_QUIT, "", "");
	expect("Left chat room!", CHAT_COMMAND_QUIT, "", "");
	expect("/quit", CHAT_COMMAND_QUIT, "", "");
	expect("/QUIT so  late ", CHAT_COMMAND_QUIT, "", "so  late");
}

static void
commands(void **state)
{
	(void)state;
	expect("/nick anna", CHAT_COMMAND_NICK, "anna", "");
	expect("/join #x y", CHAT_COMMAND_JOIN, "#x", "y");
	expect("/leave", CHAT_COMMAND_LEAVE, "", "");
	expect("/msg bert  hi  there", CHAT_COMMAND_MSG, "bert", "hi  there");
	expect("/msg\tbert\thi", CHAT_COMMAND_MSG, "bert", "hi");
	expect("/msg bert", CHAT_COMMAND_MSG, "bert", "");
	expect("/msg", CHAT_COMMAND_MSG, "", "");
	expect("/me waves a hand", CHAT_COMMAND_ME, "", "waves a hand");
	expect("/who", CHAT_COMMAND_WHO, "", "");
	expect("/who #x", CHAT_COMMAND_WHO, "#x", "");
	expect("/rooms", CHAT_COMMAND_ROOMS, "", "");
	expect("/help msg", CHAT_COMMAND_HELP, "msg", "");
	expect("/Ping", CHAT_COMMAND_PING, "", "");
	expect("/dance now", CHAT_COMMAND_UNKNOWN, "/dance", "now");
	expect("/", CHAT_COMMAND_UNKNOWN, "/", "");
	expect("/ who", CHAT_COMMAND_UNKNOWN, "/", "who");
	expect("/whoever", CHAT_COMMAND_UNKNOWN, "/whoever", "");
	assert_true(chat_command_read(SPAN("/who")).is_typed);
	assert_false(chat_command_read(SPAN("[e]")).is_typed);
	assert_false(chat_command_read(SPAN("//who")).is_typed);
}

static void
help(void **state)
{
	char name[32];

	(void)state;
	for (unsigned i = 0; i < CHAT_COMMAND_COUNT; i++) {
		const char *line = chat_command_help((enum chat_command_kind)i);
		size_t len = strcspn(line + 1, " :");

		assert_true(line[0] == '/' && len < sizeof(name));
		memcpy(name, line + 1, len);
		name[len] = '\0';
		assert_int_equal(chat_command_find(SPAN(name)), i);
		assert_non_null(strstr(line, ": "));
	}
	assert_int_equal(
	    chat_command_find(SPAN("dance")), CHAT_COMMAND_NOTHING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("text, also of lines that begin with //", text),
	    TEST("farewells", farewells),
	    TEST("commands", commands),
	    TEST("each command has its line of help", help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
