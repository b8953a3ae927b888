/* master_status_test.c — the status text of a made-up master. */
#include "master/master_status.h"

#include "core/status.h"
#include "core/version.h"
#include "master/master_list.h"
#include "service.h"
#include "worker/outcome.h"

#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { NOW_MS = 100000, COUNTERS = 2 };

static struct {
	struct master master;
	struct master_options options;
	struct master_generation current, upcoming, old;
	struct settings settings, next_settings;
	struct master_worker workers[4];
	struct master_listener listeners[6];
	struct stats_slot counters[COUNTERS];
	char *text;
} rig;

static unsigned
index_of(const char *name)
{
	unsigned i = 0;

	while (i < services_count && strcmp(services[i]->name, name) != 0)
		i++;
	assert_true(i < services_count);
	return i;
}

/* As if by a fork: the last is the first of the list. */
static struct master_worker *
add_worker(unsigned number, struct master_generation *generation,
    enum master_phase phase)
{
	struct master_worker *worker = &rig.workers[number];

	*worker = (struct master_worker){
	    .pid = 1000 + (pid_t)number,
	    .role = ROLE_DNS,
	    .slot = number % 2,
	    .generation = generation,
	    .phase = phase,
	    .started_ms = 90000 + number,
	    .next = rig.master.workers,
	};
	rig.master.workers = worker;
	return worker;
}

static void
add_listener(unsigned number, const char *addr, enum transport transport)
{
	struct master_listener *one = &rig.listeners[number];

	*one = (struct master_listener){
	    .role = ROLE_DNS,
	    .slot = number % 2,
	    .is_wanted = true,
	    .socket =
	        {
	            .fd = -1,
	            .service = (uint16_t)index_of("dns"),
	            .transport = (uint16_t)transport,
	        },
	    .next = rig.master.listeners,
	};
	assert_null(addr_parse(addr, &one->socket.addr));
	rig.master.listeners = one;
}

/* Two dns workers, of which the second waits, and one of an old generation. */
static int
set_up(void **state)
{
	struct master *master = &rig.master;

	(void)state;
	memset(&rig, 0, sizeof(rig));
	rig.options.file = "/etc/net\nlabd.conf";
	rig.settings.roles[ROLE_DNS].workers = 2;
	rig.settings.listen_count = 1;
	rig.settings.listens[0].service = (uint8_t)index_of("dns");
	rig.next_settings = rig.settings;
	rig.current.settings = &rig.settings;
	rig.current.number = 2;
	rig.upcoming.settings = &rig.next_settings;
	rig.upcoming.number = 3;
	rig.old.number = 1;
	*master = (struct master){
	    .pid = getpid(),
	    .state = MASTER_RUNNING,
	    .options = &rig.options,
	    .started_ms = 40000,
	    .current = &rig.current,
	    .counters = rig.counters,
	    .counters_end = COUNTERS,
	};
	add_worker(3, &rig.old, MASTER_PHASE_DRAINING);
	rig.current.slots[ROLE_DNS][0].worker =
	    add_worker(0, &rig.current, MASTER_PHASE_READY);
	rig.current.slots[ROLE_DNS][1].respawn_at_ms = NOW_MS + 400;
	rig.current.slots[ROLE_DNS][1].borrower = &rig.workers[0];
	master->restarts[ROLE_DNS][1] = 7;
	master->hangs[ROLE_DNS][1] = 2;
	for (unsigned i = 0; i < 2; i++)
		add_listener(i, "127.0.0.1:53", TRANSPORT_UDP);
	for (unsigned i = 2; i < 4; i++)
		add_listener(i, "[::1]:53", TRANSPORT_TCP);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	free(rig.text);
	return 0;
}

static void
take(void)
{
	size_t len;

	free(rig.text);
	FILE *out = open_memstream(&rig.text, &len);

	assert_non_null(out);
	master_status_write(&rig.master, NOW_MS, out);
	fclose(out);
}

/* The text, from LINE on (which it has), begins so. */
static void
assert_has(const char *expected)
{
	if (strstr(rig.text, expected) == NULL)
		fail_msg("no\n%s\nin\n%s", expected, rig.text);
}

static void
assert_lacks(const char *unexpected)
{
	if (strstr(rig.text, unexpected) != NULL)
		fail_msg("%s\nin\n%s", unexpected, rig.text);
}

static void
test_head_workers_and_listeners(void **state)
{
	char head[400];

	(void)state;
	take();
	snprintf(head, sizeof(head),
	    "netlabd-status 1\n"
	    "daemon version=" NETLABD_VERSION
	    " pid=%d state=running generation=2 "
	    "uptime_ms=60000 now_ms=100000\n"
	    "file path=/etc/net?labd.conf\n"
	    "role name=dns workers=2 running=1\n"
	    "worker role=dns slot=0 generation=2 state=running restarts=0 "
	    "hangs=0 "
	    "pid=1000 uptime_ms=10000\n",
	    (int)getpid());
	assert_memory_equal(rig.text, head, strlen(head));
	assert_has(
	    "\nworker role=dns slot=1 generation=2 state=waiting "
	    "restarts=7 hangs=2 next_ms=400 lent_to=0\n"
	    "worker role=dns slot=1 generation=1 state=draining restarts=7 "
	    "hangs=2 "
	    "pid=1003 uptime_ms=9997\n"
	    "listener transport=udp addr=127.0.0.1:53 service=dns role=dns "
	    "first=0 last=1 proxied=0\n"
	    "listener transport=tcp addr=[::1]:53 service=dns role=dns "
	    "first=0 last=1 proxied=0\n"
	    "service name=dns role=dns received=0 sent=0 send_errors=0 "
	    "connections=0\nrefusal name=refused_address count=0\n");
	assert_lacks("service name=http");
	assert_string_equal(rig.text + strlen(rig.text) - 5, "\nend\n");
}

static void
test_a_slot_whose_time_has_come_waits_for_nothing(void **state)
{
	(void)state;
	rig.current.slots[ROLE_DNS][1].respawn_at_ms = NOW_MS - 1;
	rig.current.slots[ROLE_DNS][1].borrower = NULL;
	take();
	assert_has("state=waiting restarts=7 hangs=2 next_ms=0\n");
}

/* Kept workers are the upcoming generation's while that comes up, and serve. */
static void
test_a_reload_under_way(void **state)
{
	(void)state;
	rig.master.state = MASTER_RELOADING;
	rig.master.upcoming = &rig.upcoming;
	rig.upcoming.slots[ROLE_DNS][0].worker =
	    add_worker(2, &rig.upcoming, MASTER_PHASE_READY);
	rig.listeners[3].is_fresh = rig.listeners[2].is_fresh = true;
	take();
	assert_has("state=reloading generation=2");
	assert_has("role name=dns workers=2 running=1\n");
	assert_has(
	    "slot=0 generation=3 state=running restarts=0 hangs=0 pid=1002");
	assert_lacks("addr=[::1]:53");
	rig.upcoming.is_kept[ROLE_DNS] = true;
	take();
	assert_has("role name=dns workers=2 running=2\n");
}

static void
test_how_the_last_reload_ended(void **state)
{
	(void)state;
	take();
	assert_lacks("\nreload ");
	rig.master.reloaded =
	    (struct master_outcome){99000, false, "reload failed: a \x1b[2J b"};
	take();
	assert_has("\nreload outcome=failed ago_ms=1000 "
	           "text=reload failed: a ?[2J b\n");
	rig.master.reloaded.is_done = true;
	take();
	assert_has("\nreload outcome=done ago_ms=1000 ");
}

static void
test_what_is_broken_since_the_start(void **state)
{
	(void)state;
	take();
	assert_lacks("\nbroken ");
	strcpy(rig.master.broken, "a.zone:4: \x1b[2J (and 1 more)");
	take();
	assert_has("\nbroken text=a.zone:4: ?[2J (and 1 more)\n");
}

static void
test_counters_of_all_slots_however_large(void **state)
{
	struct stats_service *one = &rig.counters[0].services[index_of("dns")];
	struct stats_service *other =
	    &rig.counters[1].services[index_of("dns")];
	const char *const *names = services[index_of("dns")]->outcomes;
	char line[80];

	(void)state;
	one->received = UINT64_MAX - 1;
	other->received = 1;
	one->sent = 3;
	other->send_errors = 4;
	one->connections = 5;
	one->refusals[OUTCOME_REFUSAL_FULL] = 6;
	one->outcomes[OUTCOME_GUARD_RATE] = 7;
	one->outcomes[OUTCOME_GUARD_COUNT] = 8;
	other->outcomes[OUTCOME_GUARD_COUNT] = 9;
	take();
	assert_has("received=18446744073709551615 sent=3 send_errors=4 "
	           "connections=5\n");
	assert_has("\nrefusal name=refused_full count=6\n");
	assert_has("\nguard name=guard_rate count=7\n");
	snprintf(line, sizeof(line), "\noutcome name=%s count=17\n", names[0]);
	assert_has(line);
}

/* All that there can be, of the longest: whoever reads it sets such bounds. */
static void
test_a_full_house_fits(void **state)
{
	struct master *master = &rig.master;
	struct master_worker *workers =
	    calloc(STATS_SLOT_MAX, sizeof(*workers));

	(void)state;
	assert_non_null(workers);
	master->workers = NULL;
	for (unsigned i = 0; i < STATS_SLOT_MAX; i++) {
		workers[i] = (struct master_worker){
		    .pid = 4194304,
		    .role = ROLE_HTTP,
		    .slot = 63,
		    .generation = &rig.old,
		    .phase = MASTER_PHASE_DRAINING,
		    .next = master->workers,
		};
		master->workers = &workers[i];
	}
	for (unsigned role = 0; role < ROLE_COUNT; role++) {
		rig.settings.roles[role].workers = SETTINGS_WORKERS_MAX;
		rig.next_settings.roles[role].workers = SETTINGS_WORKERS_MAX;
		for (unsigned i = 0; i < SETTINGS_WORKERS_MAX; i++) {
			rig.current.slots[role][i].respawn_at_ms = UINT64_MAX;
			rig.upcoming.slots[role][i].respawn_at_ms = UINT64_MAX;
		}
	}
	rig.settings.listen_count = services_count;
	for (unsigned i = 0; i < services_count; i++)
		rig.settings.listens[i].service = (uint8_t)i;
	master->upcoming = &rig.upcoming;
	take();
	assert_true(strlen(rig.text) < STATUS_TEXT_MAX / 2);
	unsigned rows = 0;

	for (const char *at = rig.text; (at = strstr(at, "\nworker ")) != NULL;
	     at++)
		rows++;
	assert_int_equal(rows, STATUS_WORKER_MAX);
	free(workers);
}

static void
test_what_is_handed_out_is_sealed(void **state)
{
	char text[64];
	int fd = master_status_take(&rig.master);

	(void)state;
	assert_int_not_equal(fd, -1);
	assert_int_equal(fcntl(fd, F_GET_SEALS),
	    F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
	assert_int_not_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
	assert_int_equal(read(fd, text, sizeof(text)), sizeof(text));
	assert_memory_equal(text, STATUS_FIRST "\n", strlen(STATUS_FIRST) + 1);
	assert_int_equal(write(fd, "x", 1), -1);
	close(fd);
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(test_head_workers_and_listeners),
	    RIGGED(test_a_slot_whose_time_has_come_waits_for_nothing),
	    RIGGED(test_a_reload_under_way),
	    RIGGED(test_how_the_last_reload_ended),
	    RIGGED(test_what_is_broken_since_the_start),
	    RIGGED(test_counters_of_all_slots_however_large),
	    RIGGED(test_a_full_house_fits),
	    RIGGED(test_what_is_handed_out_is_sealed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
