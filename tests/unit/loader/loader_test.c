/* loader_test.c — an image is built, in this process and in a child. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "loader/loader.h"
#include "loader/loader_message.h"
#include "service.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A service whose key says what its load does. */
static cfg_opt_t options[] = {
    CFG_STR("does", "write", CFGF_NONE),
    CFG_INT("times", 1, CFGF_NONE),
    CFG_END(),
};

static void
does(struct service_load *load, const char *what, unsigned line)
{
	struct report *report = conf_report(load->conf);
	const char *file = conf_file(load->conf);

	if (strcmp(what, "error") == 0)
		conf_error(report, file, line, "wrong");
	else if (strcmp(what, "broken") == 0)
		conf_broken(report, "zone", 7, "bro\033ken");
	else if (strcmp(what, "warn") == 0)
		conf_warning(report, file, line, "beware");
	else if (strcmp(what, "open") == 0)
		load->files[load->file_count++] =
		    open("/", O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	else if (strcmp(what, "die") == 0)
		raise(SIGKILL);
}

static void
fake_load(struct service_load *load)
{
	const char *what = cfg_getstr(load->section, "does");
	unsigned line = conf_line(load->conf, load->section, "does", 0);
	char old[16] = "";

	for (long i = cfg_getint(load->section, "times"); i > 0; i--)
		does(load, what, line);
	memcpy(old,
	    load->old.data == NULL ? (const uint8_t *)"" : load->old.data,
	    load->old.len < 15 ? load->old.len : 15);
	char text[64];

	snprintf(text, sizeof(text), "%s+%s", what, old);
	assert_true(image_writer_text(load->image, text) != SIZE_MAX);
}

static const struct service quiet = {
    .name = "quiet",
    .role = ROLE_TIME,
    .listen = {{.key = "ntp", .transports = 1 << TRANSPORT_UDP}},
    .load = fake_load,
};
static const struct service fake = {
    .name = "fake",
    .role = ROLE_LAB,
    .listen = {{.key = "echo", .transports = 1 << TRANSPORT_TCP}},
    .options = options,
    .load = fake_load,
};

/* In place of the daemon's own table. */
const struct service *const services[] = {&quiet, &fake};
const unsigned services_count = 2;

enum { FAKE = 1 };

static char told[65536];
static unsigned told_errors, told_lines;
static char folder[] = "/tmp/loader_test.XXXXXX";

static void
tell(void *context, bool is_error, const char *line)
{
	(void)context;
	size_t used = strlen(told);

	told_errors += is_error;
	told_lines++;
	snprintf(told + used, sizeof(told) - used, "%s\n", line);
}

static struct report
begin(const char *lab)
{
	FILE *file = fopen("f", "w");

	assert_non_null(file);
	fprintf(file,
	    "user = \"nobody\"\nlab {\necho = { \"[::1]:7\" }\n%s\n}\n", lab);
	assert_int_equal(fclose(file), 0);
	told[0] = '\0';
	told_errors = told_lines = 0;
	return (struct report){.tell = tell};
}

static unsigned
open_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned count = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL)
		count++;
	closedir(dir);
	return count;
}

/* Until the child has ended its tale. */
static enum loader_state
collect(struct loader_child *child, struct report *report, struct loaded *out)
{
	struct pollfd poll_fd = {.fd = child->fd, .events = POLLIN};
	enum loader_state state;

	while ((state = loader_collect(child, report, out)) == LOADER_BUSY)
		assert_int_equal(poll(&poll_fd, 1, 30000), 1);
	int status;

	assert_int_equal(waitpid(child->pid, &status, 0), child->pid);
	assert_int_equal(child->fd, -1);
	return state;
}

static void
an_image_has_settings_and_parts(void **state)
{
	(void)state;
	unsigned before = open_fds();
	struct report report = begin("");
	struct loaded loaded;
	struct image image;

	assert_true(loader_build("f", NULL, &report, &loaded));
	assert_int_equal(report.errors, 0);
	assert_true(image_map(&image, loaded.image_fd));
	const struct settings *settings = settings_of(&image);

	assert_non_null(settings);
	assert_int_equal(settings->listen_count, 1);
	assert_int_equal(settings->listens[0].service, FAKE);
	assert_int_equal(settings->roles[ROLE_LAB].workers, 1);
	/* Not in the file, so not loaded. */
	assert_int_equal(image_part(&image, IMAGE_PART_SERVICE).len, 0);
	assert_string_equal(
	    (const char *)image_part(&image, IMAGE_PART_SERVICE + FAKE).data,
	    "write+");
	/* The next one is given this one's part. */
	struct report again = begin("does = \"more\"");
	struct loaded second;
	struct image next;

	assert_true(loader_build("f", &image, &again, &second));
	assert_true(image_map(&next, second.image_fd));
	assert_string_equal(
	    (const char *)image_part(&next, IMAGE_PART_SERVICE + FAKE).data,
	    "more+write+");
	image_unmap(&next);
	image_unmap(&image);
	assert_int_equal(open_fds(), before);
}

static void
mistakes_of_all_sources_are_told_and_nothing_is_left_open(void **state)
{
	(void)state;
	unsigned before = open_fds();
	struct report report = begin("workers = 65\ndoes = \"error\"\nx = 1");
	struct loaded loaded;

	assert_false(loader_build("f", NULL, &report, &loaded));
	assert_string_equal(told, "f:6: unknown key 'x' in section lab\n"
	                          "f:4: 'workers' is from 0 to 64, not 65\n"
	                          "f:5: wrong\n");
	assert_int_equal(report.errors, 3);
	report = begin("does = \"open\"\ntimes = 3\nx = 1");
	assert_false(loader_build("f", NULL, &report, &loaded));
	assert_int_equal(loaded.image_fd, -1);
	assert_int_equal(loaded.file_count[FAKE], 0);
	assert_false(loader_build("none", NULL, &report, &loaded));
	assert_int_equal(open_fds(), before);
}

static void
broken_data_do_not_stop_a_start(void **state)
{
	(void)state;
	struct report report = begin("does = \"broken\"");
	struct loaded loaded;

	assert_true(loader_build("f", NULL, &report, &loaded));
	assert_int_equal(report.errors, 0);
	assert_int_equal(report.broken, 1);
	assert_int_equal(told_errors, 1);
	loader_release(&loaded);
	loader_release(&loaded); /* nothing is left in it */
}

static void
a_child_hands_over_image_and_directories(void **state)
{
	(void)state;
	unsigned before = open_fds();
	struct report report = begin("does = \"open\"\ntimes = 16");
	struct loader_child child;
	struct loaded loaded;
	struct image image;

	assert_true(loader_start("f", NULL, &child));
	assert_int_equal(collect(&child, &report, &loaded), LOADER_DONE);
	assert_int_equal(report.errors + report.broken + report.warnings, 0);
	assert_int_equal(loaded.file_count[0], 0);
	assert_int_equal(loaded.file_count[FAKE], 16);
	for (unsigned i = 0; i < 16; i++)
		assert_int_equal(
		    fcntl(loaded.files[FAKE][i], F_GETFD), FD_CLOEXEC);
	assert_int_equal(fcntl(loaded.image_fd, F_GETFD), FD_CLOEXEC);
	assert_true(image_map(&image, loaded.image_fd));
	assert_non_null(settings_of(&image));
	image_unmap(&image);
	loaded.image_fd = -1;
	loader_release(&loaded);
	assert_int_equal(open_fds(), before);
}

static void
a_child_tells_what_is_wrong(void **state)
{
	(void)state;
	unsigned before = open_fds();
	struct report report = begin("does = \"error\"");
	struct loader_child child;
	struct loaded loaded;

	assert_true(loader_start("f", NULL, &child));
	assert_int_equal(collect(&child, &report, &loaded), LOADER_FAILED);
	assert_string_equal(told, "f:4: wrong\n");
	assert_int_equal(report.errors, 1);
	report = begin("does = \"broken\"");
	assert_true(loader_start("f", NULL, &child));
	assert_int_equal(collect(&child, &report, &loaded), LOADER_DONE);
	/* No terminal is ever sent what stands in a zone file. */
	assert_string_equal(told, "zone:7: bro?ken\n");
	assert_int_equal(told_errors, 1);
	assert_int_equal(report.broken, 1);
	loader_release(&loaded);
	report = begin("does = \"warn\"");
	assert_true(loader_start("f", NULL, &child));
	assert_int_equal(collect(&child, &report, &loaded), LOADER_DONE);
	assert_int_equal(told_errors, 0);
	assert_int_equal(report.warnings, 1);
	loader_release(&loaded);
	assert_int_equal(open_fds(), before);
}

static void
a_child_with_much_to_say_is_cut_short(void **state)
{
	(void)state;
	struct report report = begin("does = \"error\"\ntimes = 5000");
	struct loader_child child;
	struct loaded loaded;

	assert_true(loader_start("f", NULL, &child));
	assert_int_equal(collect(&child, &report, &loaded), LOADER_FAILED);
	assert_int_equal(told_lines, 201);
	assert_int_equal(report.errors, 5000);
	assert_non_null(strstr(told, "\n... and 4800 lines more\n"));
}

static void
a_child_that_dies_is_a_failure_without_errors(void **state)
{
	(void)state;
	unsigned before = open_fds();
	struct report report = begin("does = \"die\"");
	struct loader_child child;
	struct loaded loaded;

	assert_true(loader_start("f", NULL, &child));
	assert_int_equal(collect(&child, &report, &loaded), LOADER_FAILED);
	assert_int_equal(report.errors, 0);
	assert_int_equal(open_fds(), before);
}

/* Sends LEN bytes with COUNT descriptors, as a child that has been taken over
 * might. */
static void
send_raw(int fd, const void *bytes, size_t len, size_t count)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(253 * sizeof(int))];
	} ancillary = {.bytes = {0}};
	struct iovec piece = {
	    .iov_base = (void *)(uintptr_t)bytes, .iov_len = len};
	struct msghdr header = {.msg_iov = &piece, .msg_iovlen = 1};
	int fds[253] = {0};

	if (count > 0) {
		header.msg_control = &ancillary;
		header.msg_controllen = CMSG_SPACE(count * sizeof(int));
		ancillary.header.cmsg_level = SOL_SOCKET;
		ancillary.header.cmsg_type = SCM_RIGHTS;
		ancillary.header.cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(&ancillary.header), fds, count * sizeof(int));
	}
	assert_int_equal(sendmsg(fd, &header, 0), (ssize_t)len);
}

static void
nonsense_from_a_child_is_a_failure(void **state)
{
	(void)state;
	/* One byte more than a message has. */
	struct {
		struct loader_message message;
		char more;
	} longer = {.message = {.kind = LOADER_MESSAGE_FAILED}};
	struct loader_message done = {.kind = LOADER_MESSAGE_DONE};
	struct loader_message counts = done, huge = done, line, mad = done;

	counts.file_count[3] = 2;
	huge.file_count[3] = UINT32_MAX;
	mad.kind = 99;
	line = (struct loader_message){.kind = LOADER_MESSAGE_ERROR};
	memset(line.text, '\n', sizeof(line.text)); /* no end */
	const struct {
		const struct loader_message *message;
		size_t len, fds;
		enum loader_message_kind kind;
	} cases[] = {
	    {&done, sizeof(done), 1, LOADER_MESSAGE_DONE},
	    {&counts, sizeof(done), 3, LOADER_MESSAGE_DONE},
	    {&line, sizeof(done), 0, LOADER_MESSAGE_ERROR},
	    {&done, sizeof(done), 0, LOADER_MESSAGE_GONE},
	    {&done, sizeof(done), 2, LOADER_MESSAGE_GONE},
	    {&done, sizeof(done), 253, LOADER_MESSAGE_GONE},
	    {&counts, sizeof(done), 2, LOADER_MESSAGE_GONE},
	    {&counts, sizeof(done), 4, LOADER_MESSAGE_GONE},
	    {&huge, sizeof(done), 1, LOADER_MESSAGE_GONE},
	    {&mad, sizeof(done), 0, LOADER_MESSAGE_GONE},
	    {&line, sizeof(done), 1, LOADER_MESSAGE_GONE},
	    {&done, sizeof(done) - 1, 1, LOADER_MESSAGE_GONE},
	    {&done, 1, 0, LOADER_MESSAGE_GONE},
	    {&longer.message, sizeof(done), 0, LOADER_MESSAGE_FAILED},
	    {&longer.message, sizeof(done) + 1, 0, LOADER_MESSAGE_GONE},
	};
	unsigned before = open_fds();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct loader_message got;
		struct loaded loaded;
		int fds[2];

		assert_int_equal(
		    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), 0);
		send_raw(fds[1], cases[i].message, cases[i].len, cases[i].fds);
		assert_int_equal(
		    loader_message_take(fds[0], &got, &loaded), cases[i].kind);
		if (cases[i].kind == LOADER_MESSAGE_ERROR)
			assert_null(strchr(got.text, '\n'));
		if (cases[i].kind == LOADER_MESSAGE_DONE)
			loader_release(&loaded);
		assert_int_equal(loader_message_take(fds[0], &got, &loaded),
		    LOADER_MESSAGE_NONE);
		close(fds[1]);
		assert_int_equal(loader_message_take(fds[0], &got, &loaded),
		    LOADER_MESSAGE_GONE);
		close(fds[0]);
	}
	assert_int_equal(open_fds(), before);
}

static int
enter_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL || chdir(folder) == -1;
}

static int
leave_folder(void **state)
{
	(void)state;
	unlink("f");
	return chdir("/") == -1 || rmdir(folder) == -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_image_has_settings_and_parts),
	    cmocka_unit_test(
	        mistakes_of_all_sources_are_told_and_nothing_is_left_open),
	    cmocka_unit_test(broken_data_do_not_stop_a_start),
	    cmocka_unit_test(a_child_hands_over_image_and_directories),
	    cmocka_unit_test(a_child_tells_what_is_wrong),
	    cmocka_unit_test(a_child_with_much_to_say_is_cut_short),
	    cmocka_unit_test(a_child_that_dies_is_a_failure_without_errors),
	    cmocka_unit_test(nonsense_from_a_child_is_a_failure),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
