function __mail-quota_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-quota_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __mail-quota_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __mail-quota_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __mail-quota_parse_tokens -S
    set -l unparsed_tokens (__mail-quota_tokens -pc)
    switch $unparsed_tokens[1]
    case 'mail-quota'
        __mail-quota_parse_subcommand 0 'completion=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'show'
            __mail-quota_parse_subcommand -r 1 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'format=' 'json' 'columns=' 'sort=' 'no-header' '0/zero' 'all' 'org=' 'class=' 'over=' 'top=' 'version' 'h/help'
        case 'set'
            __mail-quota_parse_subcommand -r 1 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'json' 'org=' 'class=' 'default' 'from0=' 'until=' 'reason=' 'grace=' 'pool=' 'version' 'h/help'
        case 'extend'
            __mail-quota_parse_subcommand -r 1 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'json' 'org=' 'class=' 'default' 'from0=' 'until=' 'reason=' 'version' 'h/help'
        case 'unset'
            __mail-quota_parse_subcommand -r 1 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'json' 'org=' 'class=' 'default' 'from0=' 'only-dated' 'grace=' 'y/yes' 'version' 'h/help'
        case 'report'
            __mail-quota_parse_subcommand 0 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'format=' 'json' 'columns=' 'sort=' 'no-header' '0/zero' 'group-by=' 'forecast=' 'top=' 'mail=' 'progress=' 'version' 'h/help'
        case 'check'
            __mail-quota_parse_subcommand -r 1 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'warn=' 'crit=' 'allow=' 'org=' 'nagios' 'version' 'h/help'
        case 'recount'
            __mail-quota_parse_subcommand -r 1 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'format=' 'json' 'columns=' 'sort=' 'no-header' '0/zero' 'all' 'fix' 'progress=' 'version' 'h/help'
        case 'notify'
            __mail-quota_parse_subcommand 0 'config=' 'store=' 'q/quiet' 'v/verbose' 'now=' 'no-input' 'format=' 'json' 'columns=' 'sort=' 'no-header' '0/zero' 'at=' 'language=' 'n/dry-run' 'progress=' 'version' 'h/help'
        case 'help'
            __mail-quota_parse_subcommand -r 1 'version'
        end
    end
end

function __mail-quota_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __mail-quota_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __mail-quota_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __mail-quota_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__mail-quota_tokens -p)
    if test -z "$(__mail-quota_tokens -t)"
        set -l index (count (__mail-quota_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'mail-quota' -f
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota" completion' -l 'completion' -d 'Print the completion script of a shell: bash, zsh or fish.' -rfka 'bash zsh fish'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'show' -d 'Who uses how much of which limit, and where the limit comes from.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'set' -d 'Set limits: of accounts, an organisation, a class, or everybody.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'extend' -d 'Give more for a while; it lapses by itself, warns before, and deletes nothing.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'unset' -d 'Take a limit away: the organisation\'s, class\'s or default counts again.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'report' -d 'What organisations or classes use together, or who will be full when.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'check' -d 'Whether anybody is about to be full: 0 no, 1 yes; with --nagios 0, 1, 2 or 3.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'recount' -d 'Compare the counters with the messages: 0 when they are right, 1 when not.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'notify' -d 'Mail those who crossed a threshold, once for each crossing.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-quota_complete_directories)'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" format' -l 'format' -d 'table, tsv, csv, json or ndjson.' -rfka 'table tsv csv json ndjson'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" json' -l 'json' -d 'The same as --format ndjson for lists, and one object for one thing.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" columns' -l 'columns' -d 'Only these columns, in this order.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" sort' -l 'sort' -d 'Sort by a column.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" no-header' -l 'no-header' -d 'No header line.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" 0 zero' -s '0' -l 'zero' -d 'Records end with NUL, values are raw.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" all' -l 'all' -d 'Everybody.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" org' -l 'org' -d 'Only this organisation.' -rfka '(__mail-quota_custom_completion ---completion show -- --org (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" class' -l 'class' -d 'Only this class.' -rfka '(__mail-quota_custom_completion ---completion show -- --class (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" over' -l 'over' -d 'Only who uses so much of the limit, the fullest first.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" top' -l 'top' -d 'Only so many, the fullest first.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota show" -ge 1' -fka '(__mail-quota_custom_completion ---completion show -- positional@0 (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-quota_complete_directories)'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" json' -l 'json' -d 'Answer with one JSON object; errors too.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" org' -l 'org' -d 'The limit of each account of an organisation.' -rfka '(__mail-quota_custom_completion ---completion set -- --org (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" class' -l 'class' -d 'The limit of each account of a class.' -rfka '(__mail-quota_custom_completion ---completion set -- --class (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" default' -l 'default' -d 'The limit of everybody without another one.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" from0' -l 'from0' -d 'Read names that end with NUL.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" until' -l 'until' -d 'The limit lapses then by itself.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" reason' -l 'reason' -d 'Why, for the next administrator.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" grace' -l 'grace' -d 'How long who uses more keeps a lowered limit; 30d, 0: not at all.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" pool' -l 'pool' -d 'What the limits of an organisation may add up to, or none.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota set" -ge 1' -fka '(__mail-quota_custom_completion ---completion set -- positional@0 (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota set" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-quota_complete_directories)'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" json' -l 'json' -d 'Answer with one JSON object; errors too.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" org' -l 'org' -d 'The limit of each account of an organisation.' -rfka '(__mail-quota_custom_completion ---completion extend -- --org (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" class' -l 'class' -d 'The limit of each account of a class.' -rfka '(__mail-quota_custom_completion ---completion extend -- --class (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" default' -l 'default' -d 'The limit of everybody without another one.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" from0' -l 'from0' -d 'Read names that end with NUL.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" until' -l 'until' -d 'The last moment; a week before the user is warned.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" reason' -l 'reason' -d 'Why, for the next administrator.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota extend" -ge 1' -fka '(__mail-quota_custom_completion ---completion extend -- positional@0 (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota extend" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-quota_complete_directories)'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" json' -l 'json' -d 'Answer with one JSON object; errors too.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" org' -l 'org' -d 'The limit of each account of an organisation.' -rfka '(__mail-quota_custom_completion ---completion unset -- --org (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" class' -l 'class' -d 'The limit of each account of a class.' -rfka '(__mail-quota_custom_completion ---completion unset -- --class (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" default' -l 'default' -d 'The limit of everybody without another one.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" from0' -l 'from0' -d 'Read names that end with NUL.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" only-dated' -l 'only-dated' -d 'Only the dated limit, before its time.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" grace' -l 'grace' -d 'How long who uses more keeps the limit; 30d, 0: not at all.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" y yes' -l 'yes' -s 'y' -d 'Yes to taking the default away.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota unset" -ge 1' -fka '(__mail-quota_custom_completion ---completion unset -- positional@0 (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota unset" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-quota_complete_directories)'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" format' -l 'format' -d 'table, tsv, csv, json or ndjson.' -rfka 'table tsv csv json ndjson'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" json' -l 'json' -d 'The same as --format ndjson for lists, and one object for one thing.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" columns' -l 'columns' -d 'Only these columns, in this order.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" sort' -l 'sort' -d 'Sort by a column.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" no-header' -l 'no-header' -d 'No header line.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" 0 zero' -s '0' -l 'zero' -d 'Records end with NUL, values are raw.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" group-by' -l 'group-by' -d 'org or class.' -rfka 'org class'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" forecast' -l 'forecast' -d 'Who will be full within this time, such as 30d.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" top' -l 'top' -d 'At most so many of the forecast; 100.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" mail' -l 'mail' -d 'Send the report to this account instead.' -rfka '(__mail-quota_custom_completion ---completion report -- --mail (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" progress' -l 'progress' -d 'auto, always, never or json.' -rfka 'auto always never json'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota report" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-quota_complete_directories)'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" warn' -l 'warn' -d 'Warn from here on.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" crit' -l 'crit' -d 'Critical from here on.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" allow' -l 'allow' -d 'So many accounts may be over either.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" org' -l 'org' -d 'Only this organisation.' -rfka '(__mail-quota_custom_completion ---completion check -- --org (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" nagios' -l 'nagios' -d 'One line and the exit codes of a Nagios plugin.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota check" -ge 1' -fka '(__mail-quota_custom_completion ---completion check -- positional@0 (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-quota_complete_directories)'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" format' -l 'format' -d 'table, tsv, csv, json or ndjson.' -rfka 'table tsv csv json ndjson'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" json' -l 'json' -d 'The same as --format ndjson for lists, and one object for one thing.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" columns' -l 'columns' -d 'Only these columns, in this order.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" sort' -l 'sort' -d 'Sort by a column.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" no-header' -l 'no-header' -d 'No header line.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" 0 zero' -s '0' -l 'zero' -d 'Records end with NUL, values are raw.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" all' -l 'all' -d 'Everybody.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" fix' -l 'fix' -d 'Set wrong counters right.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" progress' -l 'progress' -d 'auto, always, never or json.' -rfka 'auto always never json'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_positional "mail-quota recount" -ge 1' -fka '(__mail-quota_custom_completion ---completion recount -- positional@0 (count (__mail-quota_tokens -pc)) (__mail-quota_tokens -tC))'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota recount" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" config' -l 'config' -d 'Configuration file.' -rF
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" store' -l 'store' -d 'Folder of the store.' -rfa '(__mail-quota_complete_directories)'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify"' -l 'quiet' -s 'q' -d 'Only errors; twice: not even those.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify"' -l 'verbose' -s 'v' -d 'Say on stderr which configuration and store are used.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" now' -l 'now' -d 'Work as if it were then; only on a test store.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" no-input' -l 'no-input' -d 'Never ask.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" format' -l 'format' -d 'table, tsv, csv, json or ndjson.' -rfka 'table tsv csv json ndjson'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" json' -l 'json' -d 'The same as --format ndjson for lists, and one object for one thing.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" columns' -l 'columns' -d 'Only these columns, in this order.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" sort' -l 'sort' -d 'Sort by a column.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" no-header' -l 'no-header' -d 'No header line.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" 0 zero' -s '0' -l 'zero' -d 'Records end with NUL, values are raw.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" at' -l 'at' -d 'Thresholds.' -rfka ''
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" language' -l 'language' -d 'en or sv: for accounts without a language of their own.' -rfka 'en sv'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" dry-run n' -s 'n' -l 'dry-run' -d 'Only say who would get one.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" progress' -l 'progress' -d 'auto, always, never or json.' -rfka 'auto always never json'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" version' -l 'version' -d 'Show the version.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota notify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'mail-quota' -n '__mail-quota_should_offer_completions_for_flags_or_options "mail-quota help" version' -l 'version' -d 'Show the version.'
