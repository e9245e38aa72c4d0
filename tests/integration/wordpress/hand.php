<?php
// An editor's hand in the test's WordPress: reads one action as JSON from its input, prints the post's number.
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET', 'REQUEST_URI' => '/'];
require $argv[1] . '/wp-load.php';
kses_remove_filters();
$told = json_decode(stream_get_contents(STDIN), true);
if (isset($told['delete'])) {
    wp_delete_post($told['delete'], true);
    exit;
}
if (isset($told['category'])) {
    $term = term_exists($told['category'], 'category') ?: wp_insert_term($told['category'], 'category');
    $told['post']['post_category'] = [(int) $term['term_id']];
}
$told['post'] += ['post_status' => 'publish', 'post_author' => 1];
$done = isset($told['post']['ID']) ? wp_update_post($told['post'], true) : wp_insert_post($told['post'], true);
if (is_wp_error($done)) {
    fwrite(STDERR, $done->get_error_message());
    exit(1);
}
echo $done;
