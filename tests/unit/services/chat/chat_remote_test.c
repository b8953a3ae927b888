/* chat_remote_test.c — rooms of two hosts are one. */
#include "services/chat/chat_remote.h"

#include "chat_remote_fixture.h"

/* anna and adam sit at A, bert at B; all have heard of one another. */
static void
open_both(struct host **a, struct host **b)
{
	*a = host_open("hosta");
	*b = host_open("hostb");
	type(*a, 0, "anna");
	type(*a, 1, "adam");
	type(*b, 0, "bert");
	deliver(*a, *b, 1000);
	deliver(*b, *a, 1000);
	heard(*a, 0);
	heard(*a, 1);
	heard(*b, 0);
}

static void
a_room_is_one_room(void **state)
{
	struct host *a, *b;

	(void)state;
	open_both(&a, &b);
	type(a, 0, "hello");
	type(a, 1, "/me waves");
	type(b, 0, "hi");
	deliver(a, b, 1000);
	deliver(b, a, 1000);
	assert_string_equal(heard(b, 0), "<anna> hello\n* adam waves\n");
	assert_string_equal(heard(a, 0), "* adam waves\n<bert> hi\n");
	assert_string_equal(heard(a, 1), "<anna> hello\n<bert> hi\n");
	/* No line comes back to who has sent it. */
	assert_int_equal(deliver(a, b, 1000), 0);
	type(a, 0, "/who");
	assert_non_null(strstr(heard(a, 0), "bert"));
	host_close(a);
	host_close(b);
}

static void
both_hosts_see_the_order_of_each_sender(void **state)
{
	struct host *a, *b;
	char line[32], expected[32];
	const char *here, *there;

	(void)state;
	open_both(&a, &b);
	for (unsigned i = 0; i < 500; i++) {
		snprintf(line, sizeof(line), "line %u.", i);
		type(a, 0, line);
		if (i % 7 == 0)
			deliver(a, b, 1000);
	}
	deliver(a, b, 1000);
	here = heard(a, 1);
	there = heard(b, 0);
	assert_string_equal(here, there);
	for (unsigned i = 0; i < 500; i++) {
		snprintf(expected, sizeof(expected), "<anna> line %u.\n", i);
		assert_memory_equal(there, expected, strlen(expected));
		there += strlen(expected);
	}
	assert_int_equal(*there, '\0');
	host_close(a);
	host_close(b);
}

static void
who_says_goodbye_has_said_it_before_leaving(void **state)
{
	struct host *a, *b;

	(void)state;
	open_both(&a, &b);
	type(a, 0, "bye");
	type(a, 0, "/quit for lunch");
	deliver(a, b, 5000);
	assert_string_equal(
	    heard(b, 0), "<anna> bye\n* anna has left #lobby: for lunch\n");
	host_close(a);
	host_close(b);
}

static void
a_lost_host_is_one_leave_a_person(void **state)
{
	struct host *a, *b;
	const char *told;

	(void)state;
	open_both(&a, &b);
	/* The broker does the will, and does it again. */
	publish(b, "lab/presence/hosta", "", "");
	publish(b, "lab/presence/hosta", "", "");
	told = heard(b, 0);
	assert_int_equal(count_of(told, "anna has left"), 1);
	assert_int_equal(count_of(told, "adam has left"), 1);
	assert_int_equal(b->remote.person_count, 0);
	assert_int_equal(b->remote.node_count, 0);
	/* Back again, by its list, which is sent when it is connected. */
	chat_remote_lost(&a->remote);
	chat_remote_connected(&a->remote);
	deliver(a, b, 9000);
	told = heard(b, 0);
	assert_int_equal(count_of(told, "anna has joined"), 1);
	assert_int_equal(count_of(told, "adam has joined"), 1);
	host_close(a);
	host_close(b);
}

static void
a_host_that_is_not_heard_of_is_gone(void **state)
{
	struct host *a, *b;

	(void)state;
	open_both(&a, &b);
	/* The list again each minute, although nothing happens. */
	assert_int_equal(deliver(a, b, 60000), 0);
	assert_int_equal(deliver(a, b, 62000), 1);
	chat_remote_expire(&b->remote, 62000 + 179999);
	assert_string_equal(heard(b, 0), "");
	chat_remote_expire(&b->remote, 62000 + 180000);
	assert_int_equal(count_of(heard(b, 0), "anna has left"), 1);
	assert_int_equal(b->remote.node_count, 0);
	host_close(a);
	host_close(b);
}

static void
a_lost_broker_is_told_once(void **state)
{
	struct host *a, *b;
	const char *told;

	(void)state;
	open_both(&a, &b);
	chat_remote_lost(&b->remote);
	chat_remote_lost(&b->remote);
	type(b, 0, "nobody elsewhere hears that");
	told = heard(b, 0);
	assert_int_equal(count_of(told, "* other hosts cannot be reached"), 1);
	assert_int_equal(count_of(told, "anna has left"), 1);
	assert_int_equal(count_of(told, "adam has left"), 1);
	chat_remote_connected(&b->remote);
	chat_remote_connected(&b->remote);
	told = heard(b, 0);
	assert_int_equal(count_of(told, "* other hosts can be reached"), 1);
	/* Only who is there is sent, not what was said. */
	assert_int_equal(deliver(b, a, 9000), 1);
	assert_string_equal(heard(a, 0), "");
	host_close(a);
	host_close(b);
}

static void
rooms_and_names_change_there_as_here(void **state)
{
	struct host *a, *b;

	(void)state;
	open_both(&a, &b);
	type(a, 0, "/join #sea");
	type(b, 0, "/join #sea");
	type(a, 0, "/nick anni");
	type(a, 0, "ahoy");
	deliver(a, b, 1000);
	heard(b, 0);
	deliver(b, a, 1000);
	type(a, 0, "/nick anne");
	type(a, 0, "again");
	deliver(a, b, 1000);
	assert_string_equal(heard(b, 0), "* anni is now anne\n<anne> again\n");
	type(a, 0, "/leave");
	type(a, 0, "not for #sea");
	deliver(a, b, 1000);
	assert_string_equal(heard(b, 0), "* anne has left #sea\n");
	/* The list says the same once more. */
	assert_int_equal(deliver(a, b, 60000), 1);
	assert_string_equal(heard(b, 0), "");
	host_close(a);
	host_close(b);
}

static void
a_name_that_is_used_twice_has_its_host(void **state)
{
	struct host *a, *b;

	(void)state;
	open_both(&a, &b);
	/* At the same time, so that neither host could know. */
	type(a, 2, "carl");
	type(b, 2, "Carl");
	deliver(a, b, 3000);
	deliver(b, a, 3000);
	assert_string_equal(heard(b, 0),
	    "* Carl has joined #lobby\n* carl@hosta has joined #lobby\n");
	heard(b, 2);
	type(a, 2, "hi");
	type(a, 0, "/msg Carl@hostb psst");
	deliver(a, b, 3000);
	assert_string_equal(heard(b, 2), "<carl@hosta> hi\n-> [anna] psst\n");
	type(b, 2, "/msg carl@hosta yes");
	heard(a, 2);
	deliver(b, a, 3000);
	assert_string_equal(heard(a, 2), "-> [Carl@hostb] yes\n");
	/* Free again, and nobody else is called so. */
	type(a, 2, "/nick cleo");
	deliver(a, b, 9000);
	assert_string_equal(
	    heard(b, 0), "<carl@hosta> hi\n* carl@hosta is now cleo\n");
	host_close(a);
	host_close(b);
}

static void
messages_for_one_go_to_one_host(void **state)
{
	struct host *a, *b, *c;
	struct chat_remote_message message;

	(void)state;
	open_both(&a, &b);
	c = host_open("hostc");
	type(c, 0, "clara");
	type(a, 0, "/msg bert psst");
	assert_true(chat_remote_next(&a->remote, 1000, &message));
	assert_string_equal(message.topic, "lab/direct/hostb");
	chat_remote_hear(&c->remote, &message, 1000);
	chat_remote_hear(&b->remote, &message, 1000);
	heard(c, 0);
	assert_string_equal(heard(b, 0), "-> [anna] psst\n");
	host_close(a);
	host_close(b);
	host_close(c);
}

static void
a_line_is_what_people_read(void **state)
{
	struct host *a = host_open("hosta");
	struct chat_remote_message message;

	(void)state;
	type(a, 0, "anna");
	type(a, 0, "hello");
	assert_true(chat_remote_next(&a->remote, 1, &message));
	assert_string_equal(message.topic, "lab/chat/lobby");
	assert_memory_equal(
	    message.payload.data, "* anna has joined", message.payload.len);
	chat_remote_sent(&a->remote);
	assert_true(chat_remote_next(&a->remote, 1, &message));
	assert_memory_equal(
	    message.payload.data, "<anna> hello", message.payload.len);
	assert_memory_equal(
	    message.about.data, "hosta say 1 anna", message.about.len);
	chat_remote_sent(&a->remote);
	assert_true(chat_remote_next(&a->remote, 1, &message));
	assert_string_equal(message.topic, "lab/presence/hosta");
	assert_true(message.is_retained);
	assert_memory_equal(message.payload.data, "netlabd 1\n1 #lobby anna\n",
	    message.payload.len);
	host_close(a);
}

static void
a_broker_that_takes_nothing_costs_no_memory(void **state)
{
	struct host *a, *b;
	char line[1001] = {0};
	const char *there;

	(void)state;
	open_both(&a, &b);
	memset(line, 'x', sizeof(line) - 1);
	for (unsigned i = 0; i < 3000; i++)
		type(a, 0, line);
	assert_true(a->remote.dropped > 1000);
	deliver(a, b, 1000);
	there = heard(b, 0);
	assert_true(count_of(there, "<anna> x") > 50);
	/* What comes later comes after. */
	type(a, 0, "last");
	deliver(a, b, 1000);
	assert_string_equal(heard(b, 0), "<anna> last\n");
	host_close(a);
	host_close(b);
}

static void
rooms_of_other_hosts_leave_room_for_ours(void **state)
{
	struct host *a = host_open("hosta");
	char list[1024] = "netlabd 1\n";
	size_t len = strlen(list);

	(void)state;
	type(a, 0, "anna");
	for (unsigned i = 1; i <= 30; i++)
		len += (size_t)snprintf(list + len, sizeof(list) - len,
		    "%u #room%u carl%u\n", i, i, i);
	publish(a, "lab/presence/hostb", "", list);
	assert_int_equal(a->hub.rooms.count, 12);
	heard(a, 0);
	type(a, 0, "/join #ours");
	assert_non_null(strstr(heard(a, 0), "* you are in #ours: anna\n"));
	/* … which the others may come into. */
	publish(a, "lab/presence/hostc", "", "netlabd 1\n1 #ours dora\n");
	assert_string_equal(heard(a, 0), "* dora has joined #ours\n");
	host_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("a room of two hosts is one room", a_room_is_one_room),
	    TEST("TIME 50: both hosts see the same order of each sender",
	        both_hosts_see_the_order_of_each_sender),
	    TEST("TIME 50: what is said before leaving comes before it",
	        who_says_goodbye_has_said_it_before_leaving),
	    TEST("TIME 50: a lost host is one leave notice a person",
	        a_lost_host_is_one_leave_a_person),
	    TEST("a host that is not heard of is gone",
	        a_host_that_is_not_heard_of_is_gone),
	    TEST("a lost broker is told once, and its return",
	        a_lost_broker_is_told_once),
	    TEST("rooms and names change there as here",
	        rooms_and_names_change_there_as_here),
	    TEST("a name that is used twice has its host behind it",
	        a_name_that_is_used_twice_has_its_host),
	    TEST("a message for one person goes to its host alone",
	        messages_for_one_go_to_one_host),
	    TEST(
	        "what is sent is what people read", a_line_is_what_people_read),
	    TEST("a broker that takes nothing costs no memory",
	        a_broker_that_takes_nothing_costs_no_memory),
	    TEST("rooms of other hosts leave room for ours",
	        rooms_of_other_hosts_leave_room_for_ours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
