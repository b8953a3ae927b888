/* chat_load_test.c — the chat's keys of section lab. */
#include "services/chat/chat_load.h"
#include "services/chat/chat_settings.h"

#include "chat_fixture.h"

#include <unistd.h>

static char path[] = "/tmp/chat-load-conf.XXXXXX";

struct result {
	char said[1024]; /* lines, without the file's name */
	struct chat_settings settings;
};

static void
keep(void *context, bool is_error, const char *line)
{
	struct result *result = context;
	size_t len = strlen(result->said), prefix = strlen(path) + 1;

	assert_memory_equal(line, path, strlen(path));
	snprintf(result->said + len, sizeof(result->said) - len, "%s%s\n",
	    is_error ? "" : "warning: ", line + prefix);
}

/* What KEYS, from line 2 on, make. */
static struct result
load(const char *keys)
{
	struct result result = {0};
	struct report report = {.tell = keep, .context = &result};
	cfg_opt_t options[] = {
	    CFG_SEC("lab", chat_load_options, CFGF_NONE),
	    CFG_END(),
	};
	struct image_writer writer;
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fprintf(file, "lab {\n%s\n}\n", keys) > 0);
	assert_int_equal(fclose(file), 0);
	struct conf *conf = conf_open(path, options, &report);

	assert_non_null(conf);
	assert_true(image_writer_open(&writer) && image_writer_begin(&writer));
	struct service_load load = {
	    .section = cfg_getsec(conf_root(conf), "lab"),
	    .conf = conf,
	    .image = &writer,
	};

	chat_load(&load);
	assert_true(writer.used - writer.part_start >= sizeof(result.settings));
	memcpy(&result.settings, image_writer_at(&writer, 0),
	    sizeof(result.settings));
	image_writer_abort(&writer);
	conf_close(conf);
	return result;
}

static void
defaults(void **state)
{
	struct result result = load("");

	(void)state;
	assert_string_equal(result.said, "");
	assert_int_equal(result.settings.name_len, 7);
	assert_memory_equal(result.settings.name, "netlabd", 7);
	assert_int_equal(result.settings.history, 0);
	assert_int_equal(result.settings.rooms, 256);
	assert_int_equal(result.settings.flood.per_second, 1);
	assert_int_equal(result.settings.flood.burst, 5);
	assert_int_equal(result.settings.udp_peers, 256);
	assert_int_equal(result.settings.udp_idle_ms, 120000);
	assert_int_equal(result.settings.broker.host[0], '\0');
}

static void
as_the_file_says(void **state)
{
	struct result result =
	    load("chat_name = \"B\xc3\xa4r\" chat_history = 1000\n"
	         "chat_rooms = 100000 chat_rate = 0 chat_burst = 1\n"
	         "chat_udp_peers = 10000 chat_udp_idle = 86400");

	(void)state;
	assert_string_equal(result.said, "");
	assert_int_equal(result.settings.name_len, 4);
	assert_memory_equal(result.settings.name, "B\xc3\xa4r", 4);
	assert_int_equal(result.settings.history, 1000);
	assert_int_equal(result.settings.rooms, 100000);
	assert_int_equal(result.settings.flood.per_second, 0);
	assert_int_equal(result.settings.flood.burst, 1);
	assert_int_equal(result.settings.udp_peers, 10000);
	assert_int_equal(result.settings.udp_idle_ms, 86400000);
}

static void
mistakes(void **state)
{
	struct result result =
	    load("chat_name = \"my chat\"\nchat_history = 1001\n"
	         "chat_rooms = 0\nchat_rate = -1\nchat_burst = 0\n"
	         "chat_udp_peers = 0\nchat_udp_idle = 86401");
	static const char *const said[] = {
	    ("2: 'chat_name' has 1 to 24 letters, no spaces and none of <>:#@, "
	     "unlike \"my chat\"\n"),
	    "3: 'chat_history' is from 0 to 1000, not 1001\n",
	    "4: 'chat_rooms' is from 1 to 100000, not 0\n",
	    "5: 'chat_rate' is from 0 to 1000000, not -1\n",
	    "6: 'chat_burst' is from 1 to 1000000, not 0\n",
	    "7: 'chat_udp_peers' is from 1 to 10000, not 0\n",
	    "8: 'chat_udp_idle' is from 1 to 86400, not 86401\n",
	};
	size_t len = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		assert_non_null(strstr(result.said, said[i]));
		len += strlen(said[i]);
	}
	assert_int_equal(strlen(result.said), len);
}

static int
make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd == -1 ? -1 : close(fd);
}

static int
remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST("defaults", defaults),
	    TEST("as the file says", as_the_file_says),
	    TEST("mistakes, each with its line", mistakes),
	};

	return cmocka_run_group_tests(tests, make_file, remove_file);
}
