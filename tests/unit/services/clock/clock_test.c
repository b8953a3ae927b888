/* clock_test.c — the door of the clock room, on a machine of the test's own:
 * what it asks the kernel (clock_sys.h) is answered here. */
#include "clock_answer.h"

#include "services/clock/clock.h"
#include "services/clock/clock_share.h"
#include "services/clock/clock_sys.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GARBAGE_MAX = 200 };

/* The machine. */
static struct {
	uint64_t ms; /* since it began; both clocks follow */
	int64_t maxerror_us;
	unsigned looks; /* at the kernel's state */
	int timer;
	int mirror;              /* its end of the socket */
	bool is_cut_off;         /* no way to the mirror's address */
	void (*interrupt)(void); /* between the look and all that follows */
} machine;

static struct clock_share share;
static struct sync_page page;

struct clock_moment
clock_sys_now(void)
{
	return (struct clock_moment){
	    .real_ns = now_ns + machine.ms * 1000000,
	    .boot_ns = boot_ns + machine.ms * 1000000,
	};
}

uint64_t
clock_sys_now_ms(void)
{
	return boot_ns / 1000000 + machine.ms;
}

uint64_t
clock_sys_step_ns(void)
{
	return 20;
}

bool
clock_sys_open_facts(int *fd)
{
	*fd = -1;
	return true;
}

struct clock_kernel_facts
clock_sys_read_facts(int fd)
{
	struct clock_kernel_facts read = {
	    .is_known = true, .maxerror_us = machine.maxerror_us};

	(void)fd;
	machine.looks++;
	if (machine.interrupt != NULL)
		machine.interrupt();
	return read;
}

int
clock_sys_connect(const struct addr *addr)
{
	int ends[2];

	(void)addr;
	errno = EADDRNOTAVAIL;
	if (machine.is_cut_off)
		return -1;
	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, ends) == -1)
		return -1;
	machine.mirror = ends[1];
	return ends[0];
}

int
clock_sys_timer(void)
{
	machine.timer = eventfd(0, EFD_NONBLOCK);
	return machine.timer;
}

/* It fires when the test lets a second pass. */
void
clock_sys_arm(int timer, uint64_t ms)
{
	(void)timer;
	(void)ms;
}

bool
clock_sys_random(uint64_t *bits)
{
	*bits = 0x1122334455667788 ^ machine.ms;
	return true;
}

/* A worker of generation 1 that has looked once. */
static void *
start(const struct clock_settings *settings, unsigned slot)
{
	const struct service_start with = {
	    .part = {(const uint8_t *)settings, sizeof(*settings)},
	    .slot = slot,
	    .generation = 1,
	    .own = &share,
	    .sync = &page,
	};
	void *state = clock_service.start(&with);

	assert_non_null(state);
	return state;
}

static void
begin(void)
{
	share = (struct clock_share){0};
	page = (struct sync_page){0};
	machine.ms = 0;
	machine.looks = 0;
	machine.maxerror_us = 20000;
	machine.is_cut_off = false;
	machine.interrupt = NULL;
}

static void
tick(void *state)
{
	const uint64_t one = 1;

	machine.ms += 1000;
	assert_int_equal(write(machine.timer, &one, sizeof(one)), sizeof(one));
	clock_service.watched(state);
}

/* What a reader that comes now is told. */
static struct sync_state
told(void)
{
	struct sync_reader reader = sync_reader_init(&page);

	return *sync_look(&reader, clock_sys_now_ms());
}

static void
stop_for_a_minute(void)
{
	machine.ms += 60000;
}

/* SIGSTOP may come at any instruction, and SIGCONT a minute later. */
static void
stopped(void **state)
{
	void *worker;

	(void)state;
	begin();
	worker = start(&plain_settings, 0);
	assert_int_equal(told().stratum, 10);
	machine.interrupt = stop_for_a_minute;
	tick(worker);
	assert_unsynchronised(told());
	machine.interrupt = NULL;
	tick(worker);
	assert_int_equal(told().stratum, 10);
	free(worker);
}

/* Meanwhile another has found out that nobody keeps the clock any more. */
static void
let_another_look(void)
{
	const struct sync_state lost = sync_unknown(-24);

	machine.ms += 2000;
	assert_true(clock_lease_take(
	    &share.lease, clock_lease_name(1, 1), clock_sys_now_ms()));
	sync_publish(&page, &lost, clock_sys_now_ms());
}

static void
overtaken(void **state)
{
	void *worker;

	(void)state;
	begin();
	worker = start(&plain_settings, 0);
	machine.interrupt = let_another_look;
	tick(worker);
	assert_unsynchronised(told());
	assert_int_equal(atomic_load(&share.current), 1);
	free(worker);
}

static void
answer_last_question(void)
{
	uint8_t question[64], bytes[64];
	const struct clock_moment now = clock_sys_now();
	ssize_t len;

	do
		len = recv(machine.mirror, question, sizeof(question), 0);
	while (recv(machine.mirror, question, 1, MSG_PEEK) != -1);
	assert_int_equal(len, CLOCK_MIRROR_LEN);
	struct answer answer = good_answer(bytes_get64be(question + 40), &now);
	struct span span = write_answer(&answer, bytes);

	assert_int_equal(
	    send(machine.mirror, span.data, span.len, 0), span.len);
}

static void
send_garbage(void)
{
	const uint8_t garbage[CLOCK_MIRROR_LEN] = {4 << 3 | 4, 1};
	unsigned count = 0;

	while (count < GARBAGE_MAX &&
	       send(machine.mirror, garbage, sizeof(garbage), 0) != -1)
		count++;
	assert_true(count > 0);
}

/* What a mirror may say without being asked, it says as often as it likes. */
static void
babbling(void **state)
{
	void *worker;

	(void)state;
	begin();
	worker = start(&mirror_settings, 0);
	assert_int_equal(machine.looks, 1);
	for (unsigned i = 0; i < 20; i++) {
		send_garbage();
		for (unsigned j = 0; j < GARBAGE_MAX; j++)
			clock_service.watched(worker);
	}
	assert_int_equal(machine.looks, 1);
	assert_int_equal(told().stratum, 10);
	/* An answer is not lost in it, and counts at once. */
	answer_last_question();
	clock_service.watched(worker);
	assert_int_equal(machine.looks, 2);
	assert_int_equal(told().stratum, 3);
	free(worker);
}

/* As where IPv6 is switched off: the other sources serve, until it is on. */
static void
no_way_to_the_mirror(void **state)
{
	void *worker;

	(void)state;
	begin();
	machine.is_cut_off = true;
	worker = start(&mirror_settings, 0);
	assert_int_equal(told().stratum, 10);
	tick(worker);
	assert_int_equal(told().stratum, 10);
	machine.is_cut_off = false;
	tick(worker);
	answer_last_question();
	clock_service.watched(worker);
	assert_int_equal(told().stratum, 3);
	free(worker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("TIME 13: who was stopped after its look, tells old news",
	        stopped),
	    TEST("TIME 13: … and nothing, where another took over", overtaken),
	    TEST("TIME 17: a mirror that babbles costs no look", babbling),
	    TEST("TIME 34: no way to the mirror is no reason to stop",
	        no_way_to_the_mirror),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
