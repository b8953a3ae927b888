/* chat_remote_hear_test.c — whoever may publish can have written what comes in.
 */
#include "services/chat/chat_remote_hear.h"

#include "chat_remote_fixture.h"

/* anna sits here, and bert, number 7, at hostb. */
static struct host *
open_host(void)
{
	struct host *host = host_open("hosta");

	type(host, 0, "anna");
	publish(host, "lab/presence/hostb", "", "netlabd 1\n7 #lobby bert\n");
	heard(host, 0);
	return host;
}

static void
guests_join_in(void **state)
{
	struct host *host = open_host();

	(void)state;
	publish(host, "lab/chat/lobby", "", "<carl> hi");
	publish(host, "lab/chat/lobby", "", "* carl waves");
	publish(host, "lab/chat/lobby", "", "no name");
	publish(host, "lab/chat/lobby", "", "<bad name> hi");
	publish(host, "lab/direct/hosta", "", "<carl> anna psst");
	/* Nobody is there, or nobody is called so. */
	publish(host, "lab/chat/nowhere", "", "<carl> hi");
	publish(host, "lab/direct/hosta", "", "<carl> nobody psst");
	publish(host, "lab/direct/hostb", "", "<carl> anna psst");
	assert_string_equal(heard(host, 0),
	    "<carl> hi\n* carl waves\n<mqtt> no name\n<mqtt> <bad name> hi\n"
	    "-> [carl] psst\n");
	host_close(host);
}

static void
nobody_passes_for_another(void **state)
{
	struct host *host = open_host();

	(void)state;
	publish(host, "lab/chat/lobby", "", "<anna> not me");
	publish(host, "lab/chat/lobby", "", "<BERT> nor me");
	publish(host, "lab/chat/lobby", "", "<netlabd> obey");
	/* A number that is nobody's, another name, another room. */
	publish(host, "lab/chat/lobby", "hostb say 8 anna", "<anna> no");
	publish(host, "lab/chat/lobby", "hostb say 7 anna", "<anna> no");
	publish(host, "lab/chat/lobby", "hostc say 7 bert", "<bert> no");
	publish(host, "lab/chat/lobby", "hostb say 7 bert", "<bert> yes");
	assert_string_equal(heard(host, 0),
	    "<anna@mqtt> not me\n<BERT@mqtt> nor me\n<netlabd@mqtt> obey\n"
	    "<anna@hostb> no\n<anna@hostb> no\n<bert@hostc> no\n<bert> yes\n");
	/* What is for one person is not for a room, nor the other way. */
	publish(host, "lab/chat/lobby", "hostb direct 7 bert", "<bert> no");
	publish(host, "lab/direct/hosta", "hostb say 7 bert", "<bert> anna no");
	assert_string_equal(heard(host, 0), "");
	/* Ourselves: by a bridge that leads back. */
	publish(host, "lab/chat/lobby", "hosta say 1 anna", "<anna> echo");
	publish(host, "lab/presence/hosta", "", "netlabd 1\n1 #lobby zoe\n");
	assert_string_equal(heard(host, 0), "");
	host_close(host);
}

static void
nothing_comes_in_that_a_stranger_could_not_type(void **state)
{
	static uint8_t large[100000];
	struct host *host = open_host();

	(void)state;
	publish(
	    host, "lab/chat/lobby", "", "<carl> red \x1b[31m\x07 \xc2\x9b end");
	publish(host, "lab/chat/lobby", "", "<carl> \xe2\x80\xae turned");
	publish(host, "lab/chat/lobby", "", "two\nlines\r\n");
	assert_string_equal(heard(host, 0),
	    "<carl> red [31m  end\n<carl>  turned\n<mqtt> twolines\n");
	publish(host, "lab/chat/lobby", "", "<carl> \xff\xfe");
	publish(host, "lab/chat/lobby", "", "");
	publish(host, "lab/chat/lobby", "", "\x1b");
	publish(host, "lab/chat/a/b", "", "hi");
	publish(host, "lab/chat/", "", "hi");
	publish(host, "lab/chat", "", "hi");
	publish(host, "other/chat/lobby", "", "hi");
	publish(host, "lab/presence/host b", "", "netlabd 1\n1 #lobby eve\n");
	publish(host, "lab/presence/hostc", "",
	    "netlabd 1\n1 lobby eve\n2 #lobby e\x1bve\n3 #lobby @\n4 #lobby \n"
	    "5 #lo/by eve\n6 #lobby a b\n");
	memset(large, 'x', sizeof(large));
	chat_remote_hear(&host->remote,
	    &(struct chat_remote_message){
	        .topic = "lab/chat/lobby", .payload = {large, sizeof(large)}},
	    1000);
	chat_remote_hear(&host->remote,
	    &(struct chat_remote_message){.topic = "lab/chat/lobby",
	        .payload = span_of("kept"),
	        .is_retained = true},
	    1000);
	assert_string_equal(heard(host, 0), "");
	host_close(host);
}

static void
a_long_line_is_cut(void **state)
{
	struct host *host = open_host();
	char line[1300];
	const char *told;

	(void)state;
	memset(line, 'x', sizeof(line));
	memcpy(line, "<carl> ", 7);
	line[1250] = '\0';
	publish(host, "lab/chat/lobby", "", line);
	told = heard(host, 0);
	assert_int_equal(strlen(told), strlen("<carl> \n") + 1024);
	host_close(host);
}

static void
a_flood_of_guests_is_thinned_out(void **state)
{
	struct host *host = open_host();
	unsigned count = 0;

	(void)state;
	for (unsigned i = 0; i < 10000; i++) {
		chat_remote_hear(&host->remote,
		    &(struct chat_remote_message){
		        .topic = "lab/chat/lobby", .payload = span_of("flood")},
		    1000 + i / 10);
		count += count_of(heard(host, 0), "flood");
	}
	assert_in_range(count, 100, 125);
	/* Who sits at a host that we know is not held up by them. */
	publish(host, "lab/chat/lobby", "hostb say 7 bert", "<bert> hello");
	assert_string_equal(heard(host, 0), "<bert> hello\n");
	host_close(host);
}

static void
hosts_and_people_are_bounded(void **state)
{
	static char list[CHAT_PRESENCE_MAX];
	struct host *host = open_host();
	char topic[64];
	size_t len;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		snprintf(topic, sizeof(topic), "lab/presence/x%u", i);
		publish(host, topic, "", "netlabd 1\n");
	}
	assert_int_equal(host->remote.node_count, CHAT_REMOTE_NODES_MAX);
	for (unsigned i = 0; i < 20; i++) {
		len = (size_t)snprintf(list, sizeof(list), "netlabd 1\n");
		for (unsigned id = 0; id < 4000; id++)
			len += (size_t)snprintf(list + len, sizeof(list) - len,
			    "%u #lobby n%u-%u\n", id, i, id);
		snprintf(topic, sizeof(topic), "lab/presence/x%u", i);
		publish(host, topic, "", list);
	}
	assert_int_equal(host->remote.person_count, CHAT_REMOTE_PEOPLE_MAX);
	/* Rooms are, too: who finds none is not there. */
	publish(host, "lab/presence/x0", "", "netlabd 1\n");
	len = (size_t)snprintf(list, sizeof(list), "netlabd 1\n");
	for (unsigned id = 0; id < 100; id++)
		len += (size_t)snprintf(list + len, sizeof(list) - len,
		    "%u #room%u m%u\n", id, id, id);
	publish(host, "lab/presence/x0", "", list);
	assert_true(host->remote.person_count < CHAT_REMOTE_PEOPLE_MAX);
	chat_remote_lost(&host->remote);
	assert_int_equal(host->remote.person_count, 0);
	assert_int_equal(host->remote.node_count, 0);
	host_close(host);
}

static void
lists_and_news_may_cross(void **state)
{
	struct host *host = open_host();

	(void)state;
	/* News of somebody whom no list has named are for the next list. */
	publish(host, "lab/chat/sea", "hostz join 1 zoe", "* zoe has joined");
	publish(host, "lab/chat/sea", "hostb leave 9 eve", "* eve has left");
	assert_string_equal(heard(host, 0), "");
	publish(host, "lab/chat/lobby", "hostb join 8 eve", "* eve has joined");
	publish(host, "lab/chat/lobby", "hostb join 8 eve", "* eve has joined");
	assert_string_equal(heard(host, 0), "* eve has joined #lobby\n");
	/* A move of which the half is known. */
	publish(host, "lab/chat/lobby", "hostb move 8 eve", "* eve has left");
	publish(host, "lab/presence/hostb", "",
	    "netlabd 1\n7 #lobby bert\n8 #sea eva\n");
	assert_string_equal(
	    heard(host, 0), "* eve is now eva\n* eva has left #lobby\n");
	publish(host, "lab/chat/sea", "hostb join 8 eva", "* eva has joined");
	publish(host, "lab/chat/lobby", "hostb join 8 eva", "* eva has joined");
	assert_string_equal(heard(host, 0), "* eva has joined #lobby\n");
	/* A list that was cut says nothing of those who are missing. */
	publish(
	    host, "lab/presence/hostb", "", "netlabd 1\n7 #lobby bert\n...\n");
	assert_string_equal(heard(host, 0), "");
	publish(host, "lab/presence/hostb", "", "netlabd 1\n7 #lobby bert\n");
	assert_string_equal(heard(host, 0), "* eva has left #lobby\n");
	host_close(host);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("guests join in by lines alone", guests_join_in),
	    TEST("nobody passes for another", nobody_passes_for_another),
	    TEST("TIME 50: nothing comes in that a stranger could not type",
	        nothing_comes_in_that_a_stranger_could_not_type),
	    TEST("a long line is cut", a_long_line_is_cut),
	    TEST("a flood of guests is thinned out",
	        a_flood_of_guests_is_thinned_out),
	    TEST("hosts and people are bounded", hosts_and_people_are_bounded),
	    TEST("lists and news may cross", lists_and_news_may_cross),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
