/* chat_hub_test.c — who hears what. The numbers are those of the requirements
 * for time and lab. */
#include "chat_fixture.h"

#define WELCOME(name)                                                          \
	"* welcome to netlabd, " name                                          \
	": /help tells what you can type, [e] leaves\n"

static void
come_talk_leave(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna = {0}, bert = {0};

	(void)state;
	assert_int_equal(fixture_say(fixture, &anna, "anna"), CHAT_HUB_STAYS);
	/* Nobody is woken by what it says itself: it takes next. */
	assert_int_equal(fixture->wakes, 0);
	assert_told(
	    fixture, &anna, WELCOME("anna") "* you are in #lobby: anna\n");
	fixture_say(fixture, &bert, "bert");
	assert_int_equal(fixture->wakes, 1);
	assert_told(fixture, &anna, "* bert has joined #lobby\n");
	assert_told(fixture, &bert,
	    WELCOME("bert") "* you are in #lobby: anna, bert\n");
	fixture_say(fixture, &anna, "hello");
	fixture_say(fixture, &anna, "//who are you");
	fixture_say(fixture, &anna, "/me waves");
	fixture_say(fixture, &bert, "hi");
	assert_told(fixture, &bert,
	    "<anna> hello\n<anna> /who are you\n* anna waves\n");
	assert_told(fixture, &anna, "<bert> hi\n");
	assert_int_equal(
	    fixture_say(fixture, &bert, "/quit so late"), CHAT_HUB_LEFT);
	assert_told(fixture, &bert, "* goodbye\n");
	/* Its connection's end is not told again. */
	fixture_leave(fixture, &bert);
	assert_told(fixture, &anna, "* bert has left #lobby: so late\n");
	assert_int_equal(fixture_say(fixture, &anna, "[e]"), CHAT_HUB_LEFT);
	fixture_leave(fixture, &anna);
	assert_string_equal(fixture->shared,
	    "join anna #lobby[]\njoin bert #lobby[]\n"
	    "say anna #lobby[hello]\nsay anna #lobby[/who are you]\n"
	    "me anna #lobby[waves]\nsay bert #lobby[hi]\n"
	    "leave bert #lobby[so late]\nleave anna #lobby[]\n");
	fixture_close(fixture);
}

static void
names(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna = {0}, other = {0}, third = {0}, odd = {0};

	(void)state;
	fixture_say(fixture, &anna, "/who");
	fixture_say(fixture, &anna, "  ");
	assert_told(fixture, &anna,
	    "! your name first, please\n! your name first, please\n");
	fixture_say(fixture, &anna, "/nick Anna");
	fixture_told(fixture, &anna);
	fixture_say(fixture, &other, "anna");
	assert_told(fixture, &other,
	    "! name in use: you are anna2\n" WELCOME(
	        "anna2") "* you are in #lobby: Anna, anna2\n");
	fixture_say(fixture, &third, "NetLabD");
	assert_non_null(strstr(fixture_told(fixture, &third),
	    "! name in use: you are NetLabD2\n"));
	fixture_say(fixture, &odd, "Eve @home");
	assert_non_null(strstr(
	    fixture_told(fixture, &odd), "none of <>:#@: you are Eve__home\n"));
	fixture_told(fixture, &anna);
	fixture_told(fixture, &other);
	/* A name is free for its owner, in other letters too. */
	fixture_say(fixture, &anna, "/nick Anna");
	fixture_say(fixture, &anna, "/nick aNNa");
	fixture_say(fixture, &anna, "/nick ANNA2");
	fixture_say(fixture, &anna, "/nick a b");
	fixture_say(fixture, &anna, "/nick netlabd");
	/* "/me server stops" would be "* the server stops". */
	fixture_say(fixture, &anna, "/nick The");
	fixture_say(fixture, &anna, "/nick a:b");
	assert_told(fixture, &anna,
	    "! you are called that already: Anna\n"
	    "* you are now aNNa\n! name in use: ANNA2\n* you are now a\n"
	    "! name in use: netlabd\n! name in use: The\n"
	    "! names have 1 to 24 letters, no spaces, none of <>:#@\n");
	assert_told(fixture, &other, "* Anna is now aNNa\n* aNNa is now a\n");
	assert_null(chat_hub_find(&fixture->hub, SPAN("anna")));
	assert_ptr_equal(chat_hub_find(&fixture->hub, SPAN("A")), &anna);
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &other);
	fixture_leave(fixture, &third);
	fixture_leave(fixture, &odd);
	fixture_close(fixture);
}

static void
rooms(void **state)
{
	struct fixture *fixture = fixture_open(0, 2);
	struct chat_person anna, bert;

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_told(fixture, &anna);
	fixture_say(fixture, &anna, "/leave");
	fixture_say(fixture, &anna, "/join lab");
	fixture_say(fixture, &anna, "/join #Lab");
	fixture_say(fixture, &anna, "alone");
	fixture_say(fixture, &anna, "/join #lab");
	fixture_say(fixture, &anna, "/rooms");
	assert_told(fixture, &anna,
	    "! you are in #lobby already; /quit leaves the chat\n"
	    "! a room is called # and 1 to 24 letters, digits, - _ .\n"
	    "* you are in #lab: anna\n"
	    "! you are there already: #lab\n"
	    "* rooms: #lobby (1), #lab (1)\n");
	assert_told(fixture, &bert, "* anna has left #lobby\n");
	fixture_say(fixture, &bert, "/join #other");
	fixture_say(fixture, &bert, "/who #other");
	fixture_say(fixture, &bert, "/who #lab");
	fixture_say(fixture, &bert, "/join #lab");
	fixture_say(fixture, &bert, "/who");
	assert_told(fixture, &bert,
	    "! there are too many rooms\n! there is no room #other\n"
	    "* in #lab: anna\n* you are in #lab: anna, bert\n"
	    "* in #lab: anna, bert\n");
	fixture_say(fixture, &bert, "hi");
	assert_told(fixture, &anna, "* bert has joined #lab\n<bert> hi\n");
	fixture_say(fixture, &anna, "/leave");
	assert_told(fixture, &bert, "* anna has left #lab\n");
	fixture_leave(fixture, &bert);
	/* A room that nobody is in is no more. */
	assert_int_equal(fixture->hub.rooms.count, 1);
	fixture_leave(fixture, &anna);
	fixture_close(fixture);
}

static void
commands(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, bert;

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_told(fixture, &anna);
	fixture_say(fixture, &anna, "/msg BERT psst");
	fixture_say(fixture, &anna, "/msg carl psst");
	fixture_say(fixture, &anna, "/msg bert");
	fixture_say(fixture, &anna, "/me");
	fixture_say(fixture, &anna, "/ping");
	fixture_say(fixture, &anna, "/dance");
	fixture_say(fixture, &anna, "/help /join");
	assert_true(anna.has_commanded);
	assert_false(bert.has_commanded);
	assert_told(fixture, &anna,
	    "! nobody is called carl\n"
	    "! /msg NAME TEXT: say something to NAME alone\n"
	    "! /me TEXT: say what you do; others see * YOUR-NAME TEXT\n"
	    "* pong\n! no such command (/help tells which): /dance\n"
	    "* /join #ROOM: go to another room; a new one if nobody is "
	    "there\n");
	assert_told(fixture, &bert, "-> [anna] psst\n");
	fixture_say(fixture, &anna, "/help");
	const char *help = fixture_told(fixture, &anna);

	assert_non_null(strstr(help, "\n* /quit [WHY]: "));
	assert_null(strstr(help, "skipped"));
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &bert);
	fixture_close(fixture);
}

static void
only_clean_text(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, bert, eve = {0};
	char text[1200];

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_told(fixture, &anna);
	fixture_say(fixture, &anna, "\x1b]0;x\x07\xc2\x9bm\xe2\x80\xae!");
	fixture_say(fixture, &anna, "gr\xfc\xdf");
	fixture_say(fixture, &anna, "\x1b\x1b");
	memset(text, 'x', 1019);
	chat_hub_line(&fixture->hub, &anna,
	    (struct span){(uint8_t *)text, 1019}, true, 1000);
	assert_told(fixture, &anna, "! not UTF-8\n");
	const char *told = fixture_told(fixture, &bert);

	assert_memory_equal(told, "<anna> ]0;xm!\n<anna> xxx", 24);
	assert_string_equal(told + strlen(told) - 8, "xx[CUT]\n");
	assert_int_equal(strlen(told), 14 + 7 + 1024 + 1);
	/* Nor in names. */
	fixture_say(fixture, &eve, "\xff");
	fixture_say(fixture, &eve, "e\x1b[2Jve");
	assert_told(fixture, &bert, "* e[2Jve has joined #lobby\n");
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &bert);
	fixture_leave(fixture, &eve);
	fixture_close(fixture);
}

/* What is private comes between what the room hears, as it was said. */
static void
in_order(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, bert, carl;

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_enter(fixture, &carl, "carl");
	fixture_told(fixture, &anna);
	fixture_say(fixture, &bert, "1");
	fixture_say(fixture, &carl, "/msg anna 2");
	fixture_say(fixture, &carl, "3");
	fixture_say(fixture, &bert, "/msg anna 4");
	fixture_say(fixture, &bert, "/msg anna 5");
	fixture_say(fixture, &bert, "6");
	assert_told(fixture, &anna,
	    "<bert> 1\n-> [carl] 2\n<carl> 3\n-> [bert] 4\n-> [bert] 5\n"
	    "<bert> 6\n");
	/* One's own lines are left out, wherever they are. */
	fixture_say(fixture, &bert, "7");
	fixture_say(fixture, &anna, "8");
	fixture_say(fixture, &bert, "9");
	fixture_say(fixture, &anna, "10");
	assert_told(fixture, &anna, "<bert> 7\n<bert> 9\n");
	/* What waits goes along into another room. */
	fixture_say(fixture, &bert, "/msg anna 11");
	fixture_say(fixture, &anna, "/join #x");
	fixture_say(fixture, &bert, "/msg anna 12");
	assert_told(fixture, &anna,
	    "-> [bert] 11\n* you are in #x: anna\n-> [bert] 12\n");
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &bert);
	fixture_leave(fixture, &carl);
	fixture_close(fixture);
}

/* TIME 50: a reader that stops delays nobody, and costs a room's log at most.
 */
static void
stopped_reader(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, bert, carl;
	char line[64];
	unsigned before, wakes;

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_enter(fixture, &carl, "carl");
	fixture_told(fixture, &anna);
	fixture_told(fixture, &bert);
	before = fixture->memory.blocks;
	wakes = fixture->wakes;
	for (unsigned i = 0; i < 20000; i++) {
		snprintf(line, sizeof(line), "%u", i);
		fixture_say(fixture, &anna, line);
		snprintf(line, sizeof(line), "<anna> %u\n", i);
		assert_told(fixture, &bert, line);
	}
	/* Woken once, and a log. */
	assert_int_equal(fixture->wakes, wakes + 20001);
	assert_true(fixture->memory.blocks <= before + 1);
	const char *told = fixture_told(fixture, &carl);
	unsigned skipped;

	assert_int_equal(sscanf(told, "* %u lines skipped\n", &skipped), 1);
	snprintf(line, sizeof(line), "\n<anna> %u\n", skipped);
	assert_non_null(strstr(told, line));
	assert_string_equal(told + strlen(told) - 13, "<anna> 19999\n");
	fixture_say(fixture, &anna, "on");
	assert_told(fixture, &carl, "<anna> on\n");
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &bert);
	fixture_leave(fixture, &carl);
	fixture_close(fixture);
}

/* No line is missing that is not counted. */
static void
one_line_too_many(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, carl;
	static const char begin[] =
	    "* 1 line skipped\n<anna> as long as this\n";
	const char *told;
	unsigned said = 0;

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &carl, "carl");
	for (; carl.room->log.first <= carl.place; said++)
		fixture_say(fixture, &anna, "as long as this");
	told = fixture_told(fixture, &carl);
	assert_memory_equal(told, begin, sizeof(begin) - 1);
	assert_int_equal(
	    strlen(told), strlen("* 1 line skipped\n") +
	                      (said - 1) * strlen("<anna> as long as this\n"));
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &carl);
	fixture_close(fixture);
}

static void
stopped_reader_alone(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, bert;

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_told(fixture, &anna);
	for (unsigned i = 0; i < 1000; i++)
		fixture_say(fixture, &anna, "/msg bert psst");
	fixture_say(fixture, &anna, "here");
	const char *told = fixture_told(fixture, &bert);
	unsigned count = 0, skipped;

	for (; strncmp(told, "-> [anna] psst\n", 15) == 0; count++)
		told += 15;
	assert_int_equal(
	    sscanf(told, "* %u private lines skipped\n", &skipped), 1);
	assert_int_equal(count + skipped, 1000);
	assert_true(count > 200);
	assert_string_equal(strchr(told, '\n'), "\n<anna> here\n");
	fixture_say(fixture, &anna, "/msg bert again");
	assert_told(fixture, &bert, "-> [anna] again\n");
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &bert);
	fixture_close(fixture);
}

/* Whole lines, as many as fit; who has not been told all is woken again. */
static void
told_in_pieces(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, bert;
	uint8_t out[CHAT_HUB_TOLD_MAX];
	char line[64], all[16384] = "", told[16384] = "";

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_told(fixture, &anna);
	for (unsigned i = 0; i < 300; i++) {
		snprintf(
		    line, sizeof(line), i % 7 == 0 ? "/msg bert %u" : "%u", i);
		fixture_say(fixture, &anna, line);
		snprintf(all + strlen(all), 32,
		    i % 7 == 0 ? "-> [anna] %u\n" : "<anna> %u\n", i);
	}
	unsigned wakes = fixture->wakes, calls = 0;
	size_t len, at = 0;

	do {
		len = chat_hub_take(
		    &fixture->hub, &bert, (struct space){out, sizeof(out)});
		assert_true(len <= sizeof(out));
		assert_true(len == 0 || out[len - 1] == '\n');
		memcpy(told + at, out, len);
		at += len;
		calls++;
	} while (bert.is_woken);
	assert_string_equal(told, all);
	assert_int_equal(fixture->wakes, wakes + calls - 1);
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &bert);
	fixture_close(fixture);
}

static void
history(void **state)
{
	struct fixture *fixture = fixture_open(3, 8);
	struct chat_person anna, bert, carl = {0};

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	for (char line[] = "1"; *line <= '5'; ++*line)
		fixture_say(fixture, &anna, line);
	fixture_say(fixture, &anna, "/me waves");
	fixture_enter(fixture, &bert, "bert");
	fixture_leave(fixture, &bert);
	fixture_say(fixture, &carl, "carl");
	assert_told(fixture, &carl,
	    WELCOME("carl") "* you are in #lobby: anna, carl\n"
	                    "| <anna> 4\n| <anna> 5\n| * anna waves\n");
	fixture_say(fixture, &anna, "6");
	assert_told(fixture, &carl, "<anna> 6\n");
	/* Also of what one has said oneself, and of more than fits at once. */
	fixture_say(fixture, &carl, "7");
	fixture_say(fixture, &carl, "/join #x");
	fixture_say(fixture, &carl, "/leave");
	assert_told(fixture, &carl,
	    "* you are in #x: carl\n* you are in #lobby: anna, carl\n"
	    "| * anna waves\n| <anna> 6\n| <carl> 7\n");
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &carl);
	fixture_close(fixture);
}

static void
notices(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, bert;

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_say(fixture, &bert, "/join #x");
	fixture_told(fixture, &anna);
	fixture_told(fixture, &bert);
	chat_hub_notice(&fixture->hub, SPAN("* the server stops"));
	chat_hub_tell(&fixture->hub, &bert, SPAN("* you are alone"));
	assert_told(fixture, &anna, "* the server stops\n");
	assert_told(fixture, &bert, "* the server stops\n* you are alone\n");
	/* From now on, nobody hears who goes. */
	fixture->hub.is_over = true;
	fixture_say(fixture, &bert, "/leave");
	fixture_told(fixture, &anna);
	fixture_leave(fixture, &bert);
	assert_told(fixture, &anna, "");
	fixture_leave(fixture, &anna);
	fixture_close(fixture);
}

static void
too_fast(void **state)
{
	struct fixture *fixture = fixture_open(0, 8);
	struct chat_person anna, bert;
	enum chat_hub_fate fate = CHAT_HUB_STAYS;

	(void)state;
	fixture_enter(fixture, &anna, "anna");
	fixture_enter(fixture, &bert, "bert");
	fixture_told(fixture, &anna);
	fixture->settings.flood.per_second = 1;
	for (unsigned i = 0; i < 5; i++)
		fate = fixture_say(fixture, &anna, "x");
	assert_told(fixture, &anna, "");
	assert_told(fixture, &bert,
	    "<anna> x\n<anna> x\n<anna> x\n<anna> x\n<anna> x\n");
	for (unsigned i = 0; i < 100 && fate == CHAT_HUB_STAYS; i++)
		fate = fixture_say(fixture, &anna, "x");
	assert_int_equal(fate, CHAT_HUB_FLOODED);
	assert_told(fixture, &anna,
	    "! slow down: what you say too fast nobody hears\n! too fast\n");
	assert_told(fixture, &bert, "* anna has left #lobby: too fast\n");
	/* Whom the door exempts says what it likes. */
	bert.is_exempt = true;
	for (unsigned i = 0; i < 100; i++)
		assert_int_equal(
		    fixture_say(fixture, &bert, "x"), CHAT_HUB_STAYS);
	fixture_leave(fixture, &anna);
	fixture_leave(fixture, &bert);
	fixture_close(fixture);
}

static void
long_lists(void **state)
{
	enum { MANY = 500 };
	struct fixture *fixture = fixture_open(0, 1000);
	struct chat_person *people = calloc(MANY, sizeof(*people));
	char line[64];
	unsigned more;

	(void)state;
	assert_non_null(people);
	for (unsigned i = 0; i < MANY; i++) {
		snprintf(line, sizeof(line), "somebody-%u", i);
		fixture_enter(fixture, &people[i], line);
	}
	fixture_told(fixture, &people[0]);
	fixture_say(fixture, &people[0], "/who");
	const char *told = fixture_told(fixture, &people[0]);

	assert_non_null(strstr(told, "\n* in #lobby: somebody-"));
	assert_int_equal(
	    sscanf(strstr(told, " and "), " and %u more\n", &more), 1);
	assert_true(more > 300 && more < 400);
	for (unsigned i = 1; i < MANY; i++) {
		snprintf(line, sizeof(line), "/join #somewhere-%u", i);
		fixture_say(fixture, &people[i], line);
		fixture_told(fixture, &people[i]);
	}
	fixture_told(fixture, &people[0]);
	fixture_say(fixture, &people[0], "/rooms");
	told = fixture_told(fixture, &people[0]);
	assert_non_null(strstr(told, " and "));
	assert_non_null(strstr(told, " more\n"));
	for (unsigned i = 0; i < MANY; i++)
		fixture_leave(fixture, &people[i]);
	free(people);
	fixture_close(fixture);
}

/* Whatever allocation fails, all others go on, and nothing leaks. */
static void
out_of_memory(void **state)
{
	(void)state;
	for (unsigned left = 0; left < 12; left++) {
		struct fixture *fixture = fixture_open(0, 8);
		struct chat_person anna = {0}, bert = {0};

		fixture->memory.is_bounded = true;
		fixture->memory.left = left;
		fixture_say(fixture, &anna, "anna");
		fixture_say(fixture, &bert, "bert");
		fixture_say(fixture, &anna, "hello");
		fixture_say(fixture, &anna, "/join #x");
		fixture_say(fixture, &bert, "/msg anna psst");
		fixture_told(fixture, &anna);
		fixture_told(fixture, &bert);
		fixture->memory.is_bounded = false;
		fixture_leave(fixture, &anna);
		fixture_leave(fixture, &bert);
		fixture_close(fixture);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("come, talk, leave", come_talk_leave),
	    TEST("names", names),
	    TEST("rooms", rooms),
	    TEST("commands", commands),
	    TEST("TIME 50: only clean text", only_clean_text),
	    TEST("in order", in_order),
	    TEST("TIME 50: a stopped reader delays nobody", stopped_reader),
	    TEST("one line too many", one_line_too_many),
	    TEST("a stopped reader of what is for it alone",
	        stopped_reader_alone),
	    TEST("told in pieces", told_in_pieces),
	    TEST("history", history),
	    TEST("notices", notices),
	    TEST("too fast", too_fast),
	    TEST("long lists", long_lists),
	    TEST("out of memory", out_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
