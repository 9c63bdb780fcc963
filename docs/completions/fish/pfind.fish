# fish completion for pfind

# The values of a kind that begin with what was typed, from the index named on the line or the usual one.
function __pfind_values -a kind
    set -l tokens (commandline -opc)
    set -l index
    if set -l at (contains -i -- --index $tokens)
        set index --index (string replace -r '^~' $HOME -- $tokens[(math $at + 1)])
    end
    set -l typed (string unescape -- (commandline -ct); or commandline -ct)
    pfind $index --list "$kind:$typed" --format paths 2>/dev/null
end

set -l kinds company organization person place technology outlet author language year month

complete -c pfind -f
complete -c pfind -l index -r -F -d 'The index to search'
complete -c pfind -l synonyms -r -F -d 'Look for words also as a file says'
complete -c pfind -l no-synonyms -d 'Look for the words of the query alone'
complete -c pfind -l config -r -F -d 'Read further options from a file'
complete -c pfind -l company -x -a '(__pfind_values company)' -d 'Articles that name the company'
complete -c pfind -l organization -x -a '(__pfind_values organization)' -d 'Articles that name the organization'
complete -c pfind -l person -x -a '(__pfind_values person)' -d 'Articles that name the person'
complete -c pfind -l place -x -a '(__pfind_values place)' -d 'Articles that name the place'
complete -c pfind -l technology -x -a '(__pfind_values technology)' -d 'Articles that name the technology'
complete -c pfind -l outlet -x -a '(__pfind_values outlet)' -d 'Articles of the outlet'
complete -c pfind -l author -x -a '(__pfind_values author)' -d 'Articles by the author'
complete -c pfind -l language -x -a '(__pfind_values language)' -d 'Articles in the language'
complete -c pfind -l year -x -a '(__pfind_values year)' -d 'Articles of the year'
complete -c pfind -l month -x -a '(__pfind_values month)' -d 'Articles of the month'
complete -c pfind -l after -x -d 'Articles in or after a year, month or day'
complete -c pfind -l before -x -d 'Articles in or before a year, month or day'
complete -c pfind -l match -x -a 'auto all most any' -d 'How many of the words an article must have'
complete -c pfind -l sort -x -a 'relevance recent newest oldest' -d 'Order of the results'
complete -c pfind -s n -l limit -x -d 'Most results to show'
complete -c pfind -l offset -x -d 'Results to leave out'
complete -c pfind -l facets -x -a "(__fish_complete_list , 'printf %s\\\n $kinds')" -d 'Count values among the results'
complete -c pfind -l timeout -x -d 'Seconds after which to show what is found'
complete -c pfind -l facet-limit -x -d 'Most values per kind'
complete -c pfind -l count -d 'Show only how many articles match'
complete -c pfind -l explain -d 'Show how the query was understood'
complete -c pfind -l similar -r -F -d 'Articles like this one'
complete -c pfind -l list -x -a "$kinds" -d 'All values of a kind'
complete -c pfind -l entity -x -a '(__pfind_values company)' -d 'What the articles know of a company, person, ...'
complete -c pfind -l show -r -F -d 'The whole article'
complete -c pfind -l batch -r -F -d 'Answer every query of a file'
complete -c pfind -l format -x -a 'text json jsonl csv paths trec' -d 'How to show results'
complete -c pfind -s 0 -l null -d 'End paths with a null character'
complete -c pfind -l color -x -a 'auto always never' -d 'When to colour'
complete -c pfind -l no-pager -d 'Write to the terminal directly'
complete -c pfind -s h -l help -d 'Show the options'
complete -c pfind -s V -l version -d 'Show the version'
