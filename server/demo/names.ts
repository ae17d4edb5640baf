/** Names by where they are at home; people at one college come from many places. */

const names = {
  british: {
    first: 'Alfie Beatrice Callum Daisy Edmund Freya George Harriet Isla Jasper Lottie Nathan Phoebe Rowan Toby Willa',
    last: 'Ashworth Barlow Cartwright Dunmore Ellery Fairbank Hartley Inglewood Kershaw Lockwood Merrick Pemberton Thackray Whitlow',
  },
  irish: {
    first: 'Aoife Cian Darragh Eimear Fionn Gráinne Niamh Oisín Róisín Saoirse',
    last: 'Brannigan Cassidy Doyle Fitzgerald Gallagher Kavanagh Mulcahy O’Dwyer Quinlan Tierney',
  },
  american: {
    first: 'Avery Brooke Carter Dakota Emerson Grace Hudson Jordan Kayla Logan Mason Paige Quinn Riley Savannah Tucker',
    last: 'Abernathy Beckett Caldwell Donovan Eastman Garrison Holloway Jennings Langford Maddox Prescott Sawyer Thornton Whitaker',
  },
  caribbean: {
    first: 'Aaliyah Dejon Keisha Marlon Nadine Omari Renée Shanice Tariq Zora',
    last: 'Baptiste Campbell Desrosiers Francis Joseph Lewars Pierre Richards Toussaint Wright',
  },
  latin: {
    first:
      'Alejandra Bruno Camila Diego Elena Fernanda Gael Inés Joaquín Lucía Mateo Nicolás Paloma Renata Santiago Ximena',
    last: 'Aguirre Bustamante Cárdenas Domínguez Escobedo Fuentes Guzmán Herrera Ibarra Lozano Montes Navarrete Quintero Villaseñor',
  },
  brazilian: {
    first: 'Beatriz Caio Davi Heloísa João Larissa Miguel Thaís Vinícius Yasmin',
    last: 'Albuquerque Barbosa Cardoso Figueiredo Moreira Nogueira Pinheiro Ribeiro Tavares Vasconcelos',
  },
  indian: {
    first: 'Aarav Ananya Devika Farhan Gauri Ishaan Jaspreet Kabir Meera Nikhil Pooja Rohan Saanvi Tanvi Vikram Zoya',
    last: 'Agarwal Bhattacharya Chauhan Deshpande Gokhale Joshi Kapoor Kulkarni Malhotra Mukherjee Pathak Qureshi Rathore Sehgal',
  },
  southIndian: {
    first:
      'Abhinav Bhavana Chaitra Dhanush Gayathri Harini Karthik Lakshmi Madhavan Nandini Pranav Revathi Sanjana Varun',
    last: 'Acharya Balakrishnan Chandrasekhar Hegde Iyengar Krishnan Menon Nambiar Pillai Ramaswamy Shenoy Subramaniam Venkatesh',
  },
  nepali: { first: 'Anisha Bibek Prakriti Sagar Suraj', last: 'Adhikari Gurung Karki Shrestha Tamang' },
  westAfrican: {
    first:
      'Adaeze Babatunde Chiamaka Damilola Emeka Folake Ifeanyi Kelechi Kofi Ngozi Olumide Simisola Tobenna Uche Yetunde Abena',
    last: 'Adebayo Balogun Chukwu Danjuma Eze Fashola Igwe Mensah Nwosu Obi Ogunleye Okonkwo Oyelaran Sowande',
  },
  eastAfrican: {
    first: 'Amani Baraka Hiwot Juma Makena Selam Wanjiru Yonas',
    last: 'Abebe Kamau Mwangi Odhiambo Omondi Tesfaye Tadesse Wekesa',
  },
  arabic: {
    first: 'Amira Bilal Dana Faris Hala Khalil Layth Mariam Nour Omar Rania Samir Yara Ziad',
    last: 'Al-Najjar Barakat Darwish El-Sayed Farouk Haddad Khoury Mansour Nasser Qasim Saleh Shaheen Zidan',
  },
  persian: {
    first: 'Arash Darya Kaveh Leila Mahsa Navid Parisa Shirin',
    last: 'Ahmadi Farahani Hosseini Karimi Moradi Rostami Tehrani Yazdani',
  },
  german: {
    first:
      'Anneliese Björn Clara Emil Fabian Greta Henrike Jonas Katharina Lennart Mathilda Ole Pauline Sophie Till Wiebke',
    last: 'Albrecht Brückner Dietrich Eberhardt Fiedler Grünwald Hoffmeister Jansen Kessler Lindner Morgenstern Petersen Reinhardt Sommerfeld',
  },
  turkish: {
    first: 'Aylin Berk Ceren Deniz Elif Emre Gizem Kerem Melis Selin Umut Zeynep',
    last: 'Aksoy Bozkurt Çelik Demirci Erdoğmuş Güneş Kaplan Korkmaz Özdemir Şahin Tekin Yıldırım',
  },
  polish: {
    first: 'Agnieszka Bartosz Dominika Filip Hanna Jakub Kinga Michał Oliwia Wojciech',
    last: 'Borkowski Dudek Gajewski Jankowski Krawczyk Lis Mazur Nowicki Sobczak Zieliński',
  },
  ukrainian: {
    first: 'Bohdan Daryna Kateryna Mykola Oksana Ostap Solomiya Taras',
    last: 'Bondarenko Hrytsenko Kovalchuk Lysenko Marchenko Petrenko Shevchuk Tkachenko',
  },
  chinese: {
    first: 'Hao Jiayi Jingyi Kai Lixin Meiling Rui Shihan Tianyu Wenjie Xinyi Yifan Yuxuan Zhiwei',
    last: 'Chen Chua Deng Fong Goh Huang Koh Liang Lim Ng Tan Wei Xu Zhao',
  },
  korean: {
    first: 'Dohyun Eunji Haneul Jiho Minseo Seojun Sora Taeyang Yuna',
    last: 'Ahn Baek Choi Han Jung Kang Kwon Seo Yoon',
  },
  japanese: {
    first: 'Akari Daichi Haruka Kenta Mio Naoki Ren Sakura Yuto',
    last: 'Fujimoto Hayashi Inoue Kuroda Matsuda Nakagawa Ogawa Shimizu Watanabe',
  },
  vietnamese: {
    first: 'An Bảo Châu Duy Hạnh Khánh Linh Minh Ngọc Phương Quang Thảo',
    last: 'Bùi Đặng Đỗ Hoàng Lê Nguyễn Phạm Phan Trần Võ',
  },
  malay: {
    first: 'Aisyah Amirul Farah Hafiz Iskandar Nadiah Nurul Syafiq Zulaikha',
    last: 'Abdullah Hamzah Ismail Kamaruddin Mahmud Osman Rahman Yusof',
  },
  filipino: {
    first: 'Althea Carlo Dalisay Isabel Jericho Marisol Paolo Tala',
    last: 'Aquino Bautista Dela·Cruz Magsaysay Pangilinan Reyes Salonga Villanueva',
  },
};

export type Culture = keyof typeof names;

/** Lists of words; a middle dot stands for a space inside a name. */
const list = (words: string) => words.split(' ').map((word) => word.replaceAll('·', ' '));

export const firstNames = (culture: Culture) => list(names[culture].first);
export const lastNames = (culture: Culture) => list(names[culture].last);

/** A username or address of a name: Latin letters without marks, lower case. */
export const plainName = (name: string) =>
  name
    .replaceAll('ı', 'i')
    .replaceAll(/[Łł]/g, 'l')
    .replaceAll(/[Đđ]/g, 'd')
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
