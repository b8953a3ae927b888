/* The text of a handover: what is written is read, and nothing else. */
#include "master/master_handover_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

/* What is around LINES in a text that is right. */
#define START "netlabd-handover 1\nprocess 77\n"
#define TEXT(lines) START lines "end\n"

static unsigned
read_text(const char *text, struct master_handover *out)
{
	char *copy = strdup(text);

	assert_non_null(copy);
	unsigned line = master_handover_read(copy, out);

	free(copy);
	return line;
}

static void
assert_wrong(const char *text, unsigned line)
{
	struct master_handover out;

	assert_int_equal(read_text(text, &out), line);
	assert_null(out.workers);
	assert_null(out.sockets);
	assert_int_equal(out.socket_count, 0);
}

static struct master_handover
full(void)
{
	struct master_handover one = master_handover_empty();

	one.pid = 4711;
	one.generation = 9;
	one.timeout_ms = 5000;
	strcpy(one.user, "netlabd");
	one.pidfile = 5;
	strcpy(one.pidfile_path, "/run/a b/netlabd.pid");
	one.admin = 6;
	one.is_pending[MASTER_WORK_RELOAD] = true;
	one.peers[0] = (struct master_handover_peer){
	    7, MASTER_WORK_UPGRADE, MASTER_WAIT_THIS};
	one.peers[1] = (struct master_handover_peer){
	    8, MASTER_WORK_RELOAD, MASTER_WAIT_NEXT};
	one.peer_count = 2;
	for (unsigned i = 0; i < 5; i++) {
		struct master_handover_worker *worker =
		    master_handover_add_worker(&one);
		struct master_named_socket *socket =
		    master_handover_add_socket(&one);

		assert_true(worker != NULL && socket != NULL);
		*worker = (struct master_handover_worker){
		    .pid = 5000 + (pid_t)i,
		    .role = (enum role)i,
		    .slot = i,
		    .generation = 8 + i,
		    .control = 20 + (int)i,
		    .started_ms = 1ULL << (10 * i),
		    .kill_at_ms = i == 4 ? UINT64_MAX : 0,
		    .is_draining = i == 4,
		};
		socket->fd = 100 + (int)i;
		socket->is_stored = i % 2 == 0;
		/* One stays without a name. */
		if (i != 2)
			snprintf(socket->name, sizeof(socket->name),
			    "netlabd-%u [::]", i);
	}
	return one;
}

static void
assert_same(
    const struct master_handover *one, const struct master_handover *other)
{
	assert_int_equal(one->pid, other->pid);
	assert_int_equal(one->generation, other->generation);
	assert_int_equal(one->timeout_ms, other->timeout_ms);
	assert_string_equal(one->user, other->user);
	assert_string_equal(one->group, other->group);
	assert_int_equal(one->pidfile, other->pidfile);
	assert_string_equal(one->pidfile_path, other->pidfile_path);
	assert_int_equal(one->admin, other->admin);
	assert_memory_equal(
	    one->is_pending, other->is_pending, sizeof(one->is_pending));
	assert_int_equal(one->peer_count, other->peer_count);
	assert_memory_equal(one->peers, other->peers, sizeof(one->peers));
	assert_int_equal(one->worker_count, other->worker_count);
	for (size_t i = 0; i < one->worker_count; i++) {
		const struct master_handover_worker *a = &one->workers[i];
		const struct master_handover_worker *b = &other->workers[i];

		assert_int_equal(a->pid, b->pid);
		assert_int_equal(a->role, b->role);
		assert_int_equal(a->slot, b->slot);
		assert_int_equal(a->generation, b->generation);
		assert_int_equal(a->control, b->control);
		assert_int_equal(a->started_ms, b->started_ms);
		assert_int_equal(a->kill_at_ms, b->kill_at_ms);
		assert_int_equal(a->is_draining, b->is_draining);
	}
	assert_int_equal(one->socket_count, other->socket_count);
	for (size_t i = 0; i < one->socket_count; i++) {
		assert_int_equal(one->sockets[i].fd, other->sockets[i].fd);
		assert_int_equal(
		    one->sockets[i].is_stored, other->sockets[i].is_stored);
		assert_string_equal(
		    one->sockets[i].name, other->sockets[i].name);
	}
}

static void
everything_comes_back(void **state)
{
	(void)state;
	struct master_handover one = full(), other;
	int fd = master_handover_memory_write(&one);

	assert_int_not_equal(fd, -1);
	assert_true(master_handover_memory_read(fd, &other));
	assert_same(&one, &other);
	close(fd);
	master_handover_release(&one);
	master_handover_release(&other);
}

static void
least_is_a_process(void **state)
{
	(void)state;
	struct master_handover one;

	assert_int_equal(read_text(TEXT(""), &one), 0);
	assert_int_equal(one.pid, 77);
	assert_int_equal(one.pidfile, -1);
	assert_int_equal(one.admin, -1);
	master_handover_release(&one);
	assert_wrong("netlabd-handover 1\nend\n", 2);
}

static void
other_forms_are_refused(void **state)
{
	(void)state;
	assert_wrong("", 1);
	assert_wrong("netlabd-handover 1", 1);
	assert_wrong("netlabd-handover 2\nprocess 77\nend\n", 1);
	assert_wrong("netlabd-handover 1 \nprocess 77\nend\n", 1);
	assert_wrong(TEXT("novelty 1\n"), 3);
	assert_wrong(START, 3);
	assert_wrong(START "end", 3);
	assert_wrong(TEXT("end\n"), 3);
	assert_wrong(TEXT("") "generation 1\n", 3);
	assert_wrong(TEXT("\n"), 3);
}

static void
wrong_values_are_refused(void **state)
{
	static const char *const texts[] = {
	    TEXT("process 77\n"),
	    TEXT("generation\n"),
	    TEXT("generation \n"),
	    TEXT("generation -1\n"),
	    TEXT("generation +1\n"),
	    TEXT("generation 1x\n"),
	    TEXT("generation 1 2\n"),
	    TEXT("generation 4294967296\n"),
	    TEXT("generation 99999999999999999999999\n"),
	    TEXT("timeout 4294967296\n"),
	    TEXT("pidfile 2 /run/x\n"),
	    TEXT("pidfile 5 run/x\n"),
	    TEXT("pidfile 5\n"),
	    TEXT("pidfile 5 /a\npidfile 6 /b\n"),
	    TEXT("admin 0\n"),
	    TEXT("admin 2147483648\n"),
	    TEXT("pending nothing\n"),
	    TEXT("peer 5 upgrade\n"),
	    TEXT("peer 5 upgrade then\n"),
	    TEXT("peer 5 upgrade next 1\n"),
	    TEXT("worker 1 http 0 1 5 0 0 ready\n"),
	    TEXT("worker 9 ftp 0 1 5 0 0 ready\n"),
	    TEXT("worker 9 http 64 1 5 0 0 ready\n"),
	    TEXT("worker 9 http 0 1 5 0 18446744073709551616 ready\n"),
	    TEXT("worker 9 http 0 1 5 0 0 busy\n"),
	    TEXT("worker 9 http 0 1 5 0 0\n"),
	    TEXT("socket x new name\n"),
	    TEXT("socket 1 new name\n"),
	    TEXT("socket 5 lost name\n"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct master_handover out;
		unsigned line = read_text(texts[i], &out);

		if (line != 3 && line != 4)
			fail_msg("line %u of: %s", line, texts[i]);
	}
}

static void
too_long_is_refused(void **state)
{
	char text[2000], name[1200];

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	snprintf(text, sizeof(text), TEXT("user %.64s\n"), name);
	assert_wrong(text, 3);
	snprintf(text, sizeof(text), TEXT("socket 5 new %.120s\n"), name);
	assert_wrong(text, 3);
	snprintf(text, sizeof(text), TEXT("pidfile 5 /%.600s\n"), name);
	assert_wrong(text, 3);
	strcpy(text, START);
	for (unsigned i = 0; i <= MASTER_ADMIN_PEER_MAX; i++)
		strcat(text, "peer 9 reload next\n");
	strcat(text, "end\n");
	assert_wrong(text, 3 + MASTER_ADMIN_PEER_MAX);
}

/* A file that somebody could still change is none of ours. */
static void
only_sealed_memory_is_read(void **state)
{
	(void)state;
	struct master_handover out;
	int fd = memfd_create("test", MFD_ALLOW_SEALING);

	assert_int_equal(
	    write(fd, TEXT(""), strlen(TEXT(""))), strlen(TEXT("")));
	assert_false(master_handover_memory_read(fd, &out));
	assert_int_equal(
	    fcntl(fd, F_ADD_SEALS,
	        F_SEAL_SEAL | F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK),
	    0);
	assert_true(master_handover_memory_read(fd, &out));
	master_handover_release(&out);
	close(fd);
	assert_false(master_handover_memory_read(fd, &out));
	fd = open("/dev/null", O_RDONLY);
	assert_false(master_handover_memory_read(fd, &out));
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(everything_comes_back),
	    cmocka_unit_test(least_is_a_process),
	    cmocka_unit_test(other_forms_are_refused),
	    cmocka_unit_test(wrong_values_are_refused),
	    cmocka_unit_test(too_long_is_refused),
	    cmocka_unit_test(only_sealed_memory_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
