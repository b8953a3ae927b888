/*
 * Which workers outlive a reload: those of a role with NEED_ONE_WORKER, when
 * all that they have from their generation is as before.
 */
#include "core/control.h"
#include "master/master_keep.h"
#include "master/master_listen.h"
#include "master/master_pool.h"
#include "service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>

#include <cmocka.h>

enum { CHAT, CLOCK };

static const struct service chat = {
    .name = "chat", .role = ROLE_CHAT, .needs = NEED_ONE_WORKER};
static const struct service daytime = {.name = "daytime", .role = ROLE_TIME};

/* In place of the program's own. */
const struct service *const services[] = {&chat, &daytime};
const unsigned services_count = 2;

static struct {
	struct master master;
	struct master_generation old, new;
	struct master_listener listener;
	struct master_worker worker, other;
	int told; /* the worker's end of its control socket */
} rig;

struct content {
	struct settings settings;
	const char *chat, *daytime; /* what load() wrote */
};

static const struct content plain = {
    .settings =
        {
            .log_level = LOG_INFO,
            .log_facility = LOG_DAEMON,
            .roles =
                {
                    [ROLE_CHAT] = {.workers = 1, .max_connections = 1000},
                    [ROLE_TIME] = {.workers = 1},
                },
        },
    .chat = "history 10",
    .daytime = "format ctime",
};

static void
write_part(
    struct image_writer *writer, unsigned part, const void *bytes, size_t size)
{
	assert_true(image_writer_begin(writer));
	size_t offset = image_writer_reserve(writer, size, IMAGE_ALIGN);

	assert_int_not_equal(offset, SIZE_MAX);
	memcpy(image_writer_at(writer, offset), bytes, size);
	image_writer_end(writer, part);
}

static void
make(struct master_generation *generation, const struct content *content)
{
	struct image_writer writer;

	assert_true(image_writer_open(&writer));
	write_part(&writer, IMAGE_PART_SETTINGS, &content->settings,
	    sizeof(content->settings));
	write_part(&writer, IMAGE_PART_SERVICE + CHAT, content->chat,
	    strlen(content->chat));
	write_part(&writer, IMAGE_PART_SERVICE + CLOCK, content->daytime,
	    strlen(content->daytime));
	assert_true(image_map(&generation->image, image_writer_seal(&writer)));
	generation->settings = settings_of(&generation->image);
	assert_non_null(generation->settings);
}

static void
place(struct master_worker *worker, enum role role)
{
	worker->role = role;
	worker->phase = MASTER_PHASE_READY;
	worker->control.fd = -1;
	worker->generation = &rig.old;
	rig.old.slots[role][0].worker = worker;
	rig.old.users++;
}

/* One worker each for the chat and the time, READY. */
static int
set_up(void **state)
{
	int pair[2];

	(void)state;
	memset(&rig, 0, sizeof(rig));
	make(&rig.old, &plain);
	place(&rig.worker, ROLE_CHAT);
	place(&rig.other, ROLE_TIME);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	rig.worker.control.fd = pair[0];
	rig.told = pair[1];
	rig.listener.role = ROLE_CHAT;
	rig.listener.is_wanted = true;
	rig.master = (struct master){
	    .pid = getpid(),
	    .state = MASTER_RELOADING,
	    .current = &rig.old,
	    .upcoming = &rig.new,
	    .listeners = &rig.listener,
	};
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	image_unmap(&rig.old.image);
	image_unmap(&rig.new.image);
	close(rig.worker.control.fd);
	close(rig.told);
	return 0;
}

/* A reload to CONTENT keeps the chat's worker, and nobody else's, or none. */
static void
assert_kept(const struct content *content, bool is_kept)
{
	struct master_generation *owner = is_kept ? &rig.new : &rig.old;

	make(&rig.new, content);
	master_keep_begin(&rig.master);
	assert_ptr_equal(rig.worker.generation, owner);
	assert_ptr_equal(owner->slots[ROLE_CHAT][0].worker, &rig.worker);
	assert_int_equal(rig.new.users, is_kept ? 1 : 0);
	assert_int_equal(rig.old.users, is_kept ? 1 : 2);
	assert_int_equal(rig.new.is_kept[ROLE_CHAT], is_kept);
	assert_false(rig.new.is_kept[ROLE_TIME]);
	assert_ptr_equal(rig.other.generation, &rig.old);
}

static void
what_concerns_others_keeps_them(void **state)
{
	struct content content = plain;

	(void)state;
	content.settings.listen_count = 1;
	content.settings.shutdown_timeout = 60;
	content.settings.log_level = LOG_DEBUG;
	content.settings.roles[ROLE_TIME].workers = 2;
	content.daytime = "format iso";
	assert_kept(&content, true);
}

static void
a_part_that_changes_replaces_them(void **state)
{
	struct content content = plain;

	(void)state;
	content.chat = "history 11";
	assert_kept(&content, false);
}

static void
a_longer_part_replaces_them(void **state)
{
	struct content content = plain;

	(void)state;
	content.chat = "history 10 and more";
	assert_kept(&content, false);
}

static void
the_role_s_settings_replace_them(void **state)
{
	struct content content = plain;

	(void)state;
	content.settings.roles[ROLE_CHAT].max_connections = 999;
	assert_kept(&content, false);
}

static void
limits_replace_them(void **state)
{
	struct content content = plain;

	(void)state;
	content.settings.roles[ROLE_CHAT].limit.deny.count = 1;
	assert_kept(&content, false);
}

static void
another_facility_replaces_them(void **state)
{
	struct content content = plain;

	(void)state;
	content.settings.log_facility = LOG_LOCAL0;
	assert_kept(&content, false);
}

static void
a_role_without_workers_keeps_none(void **state)
{
	struct content content = plain;

	(void)state;
	content.settings.roles[ROLE_CHAT].workers = 0;
	assert_kept(&content, false);
}

static void
a_file_that_is_open_replaces_them(void **state)
{
	(void)state;
	rig.new.loaded.file_count[CHAT] = 1;
	assert_kept(&plain, false);
}

static void
a_new_address_replaces_them(void **state)
{
	(void)state;
	rig.listener.is_fresh = true;
	assert_kept(&plain, false);
}

static void
an_address_less_replaces_them(void **state)
{
	(void)state;
	rig.listener.is_wanted = false;
	assert_kept(&plain, false);
}

static void
another_s_address_is_no_matter(void **state)
{
	(void)state;
	rig.listener.role = ROLE_TIME;
	rig.listener.is_fresh = true;
	assert_kept(&plain, true);
}

static void
one_that_is_not_ready_is_replaced(void **state)
{
	(void)state;
	rig.worker.phase = MASTER_PHASE_STARTING;
	assert_kept(&plain, false);
}

static void
a_slot_that_waits_is_forked_for(void **state)
{
	(void)state;
	make(&rig.new, &plain);
	rig.old.slots[ROLE_CHAT][0] = (struct master_slot){.respawn_at_ms = 1};
	master_keep_begin(&rig.master);
	assert_false(rig.new.is_kept[ROLE_CHAT]);
	assert_int_equal(rig.old.slots[ROLE_CHAT][0].respawn_at_ms, 1);
	assert_int_equal(rig.new.slots[ROLE_CHAT][0].respawn_at_ms, 0);
}

static void
a_failed_reload_gives_them_back(void **state)
{
	(void)state;
	rig.old.slots[ROLE_CHAT][0].failures = 3;
	assert_kept(&plain, true);
	assert_int_equal(rig.new.slots[ROLE_CHAT][0].failures, 3);
	master_keep_undo(&rig.master);
	assert_ptr_equal(rig.worker.generation, &rig.old);
	assert_ptr_equal(rig.old.slots[ROLE_CHAT][0].worker, &rig.worker);
	assert_int_equal(rig.old.slots[ROLE_CHAT][0].failures, 3);
	assert_int_equal(rig.old.slots[ROLE_CHAT][0].respawn_at_ms, 0);
	assert_null(rig.new.slots[ROLE_CHAT][0].worker);
	assert_int_equal(rig.old.users, 2);
	assert_int_equal(rig.new.users, 0);
	assert_false(rig.new.is_kept[ROLE_CHAT]);
}

/* master_reap.c fails the reload in place of filling the slot. */
static void
a_slot_that_a_failed_reload_left_empty_is_due(void **state)
{
	(void)state;
	assert_kept(&plain, true);
	rig.new.slots[ROLE_CHAT][0].worker = NULL;
	master_keep_undo(&rig.master);
	assert_int_not_equal(rig.old.slots[ROLE_CHAT][0].respawn_at_ms, 0);
	assert_int_equal(rig.old.slots[ROLE_TIME][0].respawn_at_ms, 0);
}

/* The upcoming generation is ready when they are. */
static void
they_count_among_those_that_are_waited_for(void **state)
{
	(void)state;
	assert_kept(&plain, true);
	assert_false(master_pool_is_ready(&rig.new));
	rig.new.slots[ROLE_TIME][0].worker = &rig.other;
	assert_true(master_pool_is_ready(&rig.new));
	rig.worker.phase = MASTER_PHASE_STARTING;
	assert_false(master_pool_is_ready(&rig.new));
}

static void
they_are_told_the_settings_and_no_more(void **state)
{
	struct content content = plain;
	struct control_message message;
	struct image image;

	(void)state;
	content.settings.log_level = LOG_DEBUG;
	assert_kept(&content, true);
	rig.master.current = &rig.new;
	rig.master.upcoming = NULL;
	log_set_level(LOG_ERR);
	master_keep_commit(&rig.master);
	assert_int_equal(control_receive(rig.told, &message), 1);
	assert_int_equal(message.kind, CONTROL_KEEP);
	assert_int_equal(message.socket_count, 1);
	assert_true(image_map(&image, message.sockets[0].fd));
	assert_int_equal(settings_of(&image)->log_level, LOG_DEBUG);
	assert_int_equal(image_part(&image, IMAGE_PART_SERVICE + CLOCK).len, 0);
	image_unmap(&image);
	assert_false(rig.new.is_kept[ROLE_CHAT]);
}

/* Two reloads in a row: what was kept once is kept again. */
static void
they_are_kept_again(void **state)
{
	(void)state;
	assert_kept(&plain, true);
	rig.master.current = &rig.new;
	rig.master.upcoming = NULL;
	log_set_level(LOG_ERR);
	master_keep_commit(&rig.master);
	image_unmap(&rig.old.image);
	memset(&rig.old, 0, sizeof(rig.old));
	make(&rig.old, &plain);
	rig.master.upcoming = &rig.old;
	master_keep_begin(&rig.master);
	assert_ptr_equal(rig.worker.generation, &rig.old);
	assert_ptr_equal(rig.old.slots[ROLE_CHAT][0].worker, &rig.worker);
}

static void
a_worker_reads_its_role_s_parts_alone(void **state)
{
	(void)state;
	assert_true(master_keep_is_for(ROLE_CHAT));
	assert_false(master_keep_is_for(ROLE_TIME));
	assert_int_equal(master_keep_parts(ROLE_CHAT),
	    1U << IMAGE_PART_SETTINGS | 1U << (IMAGE_PART_SERVICE + CHAT));
}

#define RIGGED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    RIGGED(what_concerns_others_keeps_them),
	    RIGGED(a_part_that_changes_replaces_them),
	    RIGGED(a_longer_part_replaces_them),
	    RIGGED(the_role_s_settings_replace_them),
	    RIGGED(limits_replace_them),
	    RIGGED(another_facility_replaces_them),
	    RIGGED(a_role_without_workers_keeps_none),
	    RIGGED(a_file_that_is_open_replaces_them),
	    RIGGED(a_new_address_replaces_them),
	    RIGGED(an_address_less_replaces_them),
	    RIGGED(another_s_address_is_no_matter),
	    RIGGED(one_that_is_not_ready_is_replaced),
	    RIGGED(a_slot_that_waits_is_forked_for),
	    RIGGED(a_failed_reload_gives_them_back),
	    RIGGED(a_slot_that_a_failed_reload_left_empty_is_due),
	    RIGGED(they_count_among_those_that_are_waited_for),
	    RIGGED(they_are_told_the_settings_and_no_more),
	    RIGGED(they_are_kept_again),
	    RIGGED(a_worker_reads_its_role_s_parts_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
